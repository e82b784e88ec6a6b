package main

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// An API server, asked as an administrator. One that is stopped must not stop this program.
type api struct {
	client    http.Client
	endpoint  string
	namespace string
}

func newAPI(folder, namespace string) (*api, error) {
	endpoint, err := os.ReadFile(filepath.Join(folder, "endpoint"))
	if err != nil {
		return nil, err
	}
	authority, err := os.ReadFile(filepath.Join(folder, "ca.crt"))
	if err != nil {
		return nil, err
	}
	keys, err := tls.LoadX509KeyPair(filepath.Join(folder, "admin.crt"), filepath.Join(folder, "admin.key"))
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(authority)
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool, Certificates: []tls.Certificate{keys}}}
	return &api{
		client:    http.Client{Transport: transport, Timeout: 3 * time.Second},
		endpoint:  strings.TrimSpace(string(endpoint)),
		namespace: namespace,
	}, nil
}

func (a *api) get(group, path string, into any) error {
	response, err := a.client.Get(fmt.Sprintf("%s/%s/namespaces/%s/%s", a.endpoint, group, a.namespace, path))
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return errors.New(response.Status)
	}
	return json.NewDecoder(response.Body).Decode(into)
}

// keyPair gives each new connection what the Secret holds now: Elasticsearch reads a renewed certificate without a restart.
func keyPair(api *api, secret string) func(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	var lock sync.Mutex
	var last *tls.Certificate
	return func(*tls.ClientHelloInfo) (*tls.Certificate, error) {
		lock.Lock()
		defer lock.Unlock()
		var found struct {
			Data map[string][]byte `json:"data"`
		}
		err := api.get("api/v1", "secrets/"+secret, &found)
		if err != nil && last != nil {
			return last, nil
		}
		if err != nil {
			return nil, err
		}
		pair, err := tls.X509KeyPair(found.Data["tls.crt"], found.Data["tls.key"])
		if err != nil {
			return nil, err
		}
		last = &pair
		return last, nil
	}
}
