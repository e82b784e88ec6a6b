// Package register is another one than that of External Secrets: no generators.
package register
