// Stands at the end of the tunnels into Elasticsearch's pods of one region. It answers the operator's own user as a healthy
// cluster of those pods that are ready would. What anybody else asks is for a real Elasticsearch, whose address a proof writes
// into a file; without one the answer is 503.
package main

import (
	"crypto/tls"
	"flag"
	"log"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"strings"
	"time"
)

// The user that the operator makes for itself.
const operator = "elastic-internal"

func main() {
	address := flag.String("listen", "", "")
	region := flag.String("region", "", "folder with address and keys of the region's API server")
	namespace := flag.String("namespace", "", "")
	secret := flag.String("secret", "", "Secret with certificate and key, as Elasticsearch has them")
	upstream := flag.String("upstream", "", "file with the address of a real Elasticsearch")
	flag.Parse()
	api, err := newAPI(*region, *namespace)
	if err != nil {
		log.Fatal(err)
	}
	server := &http.Server{
		Addr:              *address,
		ReadHeaderTimeout: 10 * time.Second,
		TLSConfig:         &tls.Config{GetCertificate: keyPair(api, *secret)},
		// Elasticsearch doesn't speak HTTP/2.
		TLSNextProto: map[string]func(*http.Server, *tls.Conn, http.Handler){},
		Handler:      byUser(newCluster(api), *upstream),
	}
	log.Fatal(server.ListenAndServeTLS("", ""))
}

func byUser(cluster http.Handler, upstream string) http.Handler {
	// Both ends are on loopback. TLS is proven at this server's own end, with the deployed certificate.
	transport := &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if user, _, _ := r.BasicAuth(); user == operator {
			cluster.ServeHTTP(w, r)
			return
		}
		address, err := os.ReadFile(upstream)
		target, bad := url.Parse(strings.TrimSpace(string(address)))
		if err != nil || bad != nil || target.Host == "" {
			http.Error(w, "no Elasticsearch is set", http.StatusServiceUnavailable)
			return
		}
		proxy := &httputil.ReverseProxy{
			Transport: transport,
			Rewrite:   func(r *httputil.ProxyRequest) { r.SetURL(target) },
			// A node that is gone resets connections.
			ErrorHandler: func(http.ResponseWriter, *http.Request, error) { panic(http.ErrAbortHandler) },
		}
		proxy.ServeHTTP(w, r)
	})
}
