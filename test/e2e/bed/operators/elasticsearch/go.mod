module elasticsearch

go 1.26
