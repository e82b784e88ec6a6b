package main

import (
	"encoding/json"
	"log"
	"net/http"
	"regexp"
	"sync"
)

type object map[string]any

// What the operator keeps in an Elasticsearch. The nodes are the pods that are ready.
type cluster struct {
	api       *api
	lock      sync.Mutex
	desired   object
	shutdowns map[string]object
}

type pods struct {
	Items []struct {
		Metadata struct {
			Name              string            `json:"name"`
			Labels            map[string]string `json:"labels"`
			DeletionTimestamp string            `json:"deletionTimestamp"`
		} `json:"metadata"`
		Status struct {
			Conditions []struct{ Type, Status string } `json:"conditions"`
		} `json:"status"`
	} `json:"items"`
}

type statefulSets struct {
	Items []struct {
		Spec struct{ Replicas int } `json:"spec"`
	} `json:"items"`
}

const labels = "elasticsearch.k8s.elastic.co/"

var (
	shutdown = regexp.MustCompile(`^/_nodes/([^/]+)/shutdown$`)
	desired  = regexp.MustCompile(`^/_internal/desired_nodes/([^/]+)/(\d+)$`)
)

func newCluster(api *api) *cluster {
	return &cluster{api: api, shutdowns: map[string]object{}}
}

func (c *cluster) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.lock.Lock()
	defer c.lock.Unlock()
	nodes, expected, version, err := c.nodes()
	status, answer := http.StatusServiceUnavailable, any(object{"error": "the API server doesn't answer"})
	if err == nil {
		status, answer = c.answer(r, nodes, expected, version)
	}
	// Elasticsearch's own clients insist on it.
	w.Header().Set("X-elastic-product", "Elasticsearch")
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(answer); err != nil {
		log.Print(err)
	}
}

func (c *cluster) answer(r *http.Request, nodes object, expected int, version string) (int, any) {
	done := object{"acknowledged": true}
	switch call := r.Method + " " + r.URL.Path; call {
	case "GET /":
		return http.StatusOK, object{"cluster_name": "elasticsearch", "cluster_uuid": "bed", "version": object{"number": version}}
	case "GET /_cluster/health":
		return http.StatusOK, health(len(nodes), expected)
	case "GET /_license":
		return http.StatusOK, object{"license": object{"status": "active", "uid": "bed", "type": "basic", "issued_to": "bed", "issuer": "bed"}}
	case "POST /_license/start_basic":
		return http.StatusOK, object{"acknowledged": true, "basic_was_started": true}
	case "GET /_security/api_key":
		return http.StatusOK, object{"api_keys": []any{}}
	case "GET /_nodes/_all/no-metrics":
		return http.StatusOK, object{"nodes": nodes}
	case "GET /_nodes/_master":
		for id, node := range nodes {
			return http.StatusOK, object{"nodes": object{id: node}}
		}
		return http.StatusOK, object{"nodes": object{}}
	case "GET /_cluster/settings":
		return http.StatusOK, object{"persistent": object{}, "transient": object{}}
	case "PUT /_cluster/settings":
		return http.StatusOK, done
	case "POST /_cluster/voting_config_exclusions", "DELETE /_cluster/voting_config_exclusions":
		return http.StatusOK, object{}
	case "GET /_internal/desired_nodes/_latest":
		if c.desired == nil {
			return http.StatusNotFound, object{"error": object{"type": "resource_not_found_exception"}, "status": http.StatusNotFound}
		}
		return http.StatusOK, c.desired
	case "GET /_nodes/shutdown":
		return http.StatusOK, object{"nodes": values(c.shutdowns)}
	}
	if found := shutdown.FindStringSubmatch(r.URL.Path); found != nil {
		return c.shutdown(r, found[1])
	}
	if found := desired.FindStringSubmatch(r.URL.Path); found != nil && r.Method == http.MethodPut {
		return c.setDesired(r, found[1], json.Number(found[2]))
	}
	log.Printf("no answer is known to %s %s", r.Method, r.URL)
	return http.StatusNotImplemented, object{"error": object{"type": "not_known_to_the_stand_in"}, "status": http.StatusNotImplemented}
}

// A node may go at once: there is no data.
func (c *cluster) shutdown(r *http.Request, id string) (int, any) {
	switch r.Method {
	case http.MethodPut:
		var asked struct{ Type, Reason string }
		if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
			return http.StatusBadRequest, object{"error": err.Error()}
		}
		complete := object{"status": "COMPLETE"}
		c.shutdowns[id] = object{"node_id": id, "type": asked.Type, "reason": asked.Reason, "shutdown_startedmillis": 1,
			"status": "COMPLETE", "shard_migration": complete, "persistent_tasks": complete, "plugins": complete}
		log.Printf("%s of %s", asked.Type, id)
		return http.StatusOK, object{"acknowledged": true}
	case http.MethodDelete:
		delete(c.shutdowns, id)
		return http.StatusOK, object{"acknowledged": true}
	}
	if one, known := c.shutdowns[id]; known {
		return http.StatusOK, object{"nodes": []object{one}}
	}
	return http.StatusOK, object{"nodes": []object{}}
}

func (c *cluster) setDesired(r *http.Request, history string, version json.Number) (int, any) {
	var asked object
	if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
		return http.StatusBadRequest, object{"error": err.Error()}
	}
	c.desired = object{"history_id": history, "version": version, "nodes": asked["nodes"]}
	return http.StatusOK, object{"replaced_existing_history_id": false}
}

// nodes has what Elasticsearch says of each node that is in the cluster, and how many should be.
func (c *cluster) nodes() (found object, expected int, version string, err error) {
	const ours = "?labelSelector=" + labels + "cluster-name"
	var all pods
	if err = c.api.get("api/v1", "pods"+ours, &all); err != nil {
		return
	}
	var sets statefulSets
	if err = c.api.get("apis/apps/v1", "statefulsets"+ours, &sets); err != nil {
		return
	}
	for _, set := range sets.Items {
		expected += set.Spec.Replicas
	}
	found = object{}
	for _, pod := range all.Items {
		name := pod.Metadata.Name
		version = pod.Metadata.Labels[labels+"version"]
		for _, condition := range pod.Status.Conditions {
			if condition.Type == "Ready" && condition.Status == "True" && pod.Metadata.DeletionTimestamp == "" {
				found[name] = object{"name": name, "version": version, "roles": []string{"master", "data", "ingest"}}
			}
		}
	}
	return
}

func health(nodes, expected int) object {
	status := "green"
	if nodes < expected {
		status = "yellow"
	}
	return object{"cluster_name": "elasticsearch", "status": status, "timed_out": false, "number_of_nodes": nodes,
		"number_of_data_nodes": nodes, "active_shards_percent_as_number": 100}
}

func values(all map[string]object) []object {
	list := []object{}
	for _, one := range all {
		list = append(list, one)
	}
	return list
}
