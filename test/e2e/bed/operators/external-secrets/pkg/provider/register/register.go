// Package register is another one than that of External Secrets, which brings forty providers: only that of AWS.
package register

import _ "github.com/external-secrets/external-secrets/pkg/provider/aws"
