// Command policy-maps says what the agent of the VPC CNI makes of PolicyEndpoints:
// it reads the PolicyEndpoints of a cluster (a list in JSON, standard input), and
// prints the maps that the agent would load for the pods of each workload.
package main

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	gomaps "maps"
	"net"
	"os"
	"slices"

	"github.com/aws/aws-network-policy-agent/api/v1alpha1"
	"github.com/aws/aws-network-policy-agent/pkg/fwruleprocessor"
	"github.com/aws/aws-network-policy-agent/pkg/logger"
	"github.com/aws/aws-network-policy-agent/pkg/utils"
)

// One row of a map: what is sent to, or comes from, the addresses of a range.
type row struct {
	Range string   `json:"range"`
	Ports [][3]int `json:"ports"` // protocol, first port, last port
}

type maps struct {
	Pods    []string `json:"pods"`
	Ingress []row    `json:"ingress"`
	Egress  []row    `json:"egress"`
}

// Address of the node whose agent is asked. It is always admitted, for the kubelet's probes, so it is one that no pod has.
const node = "127.0.0.1"

// The pods of a workload share the maps, with all policies of any of them.
func mapsOf(list v1alpha1.PolicyEndpointList) []*maps {
	found := map[string]*maps{}
	policies := map[string]map[string]bool{}
	for _, endpoints := range list.Items {
		for _, pod := range endpoints.Spec.PodSelectorEndpoints {
			id := utils.GetPodIdentifier(pod.Name, pod.Namespace)
			if found[id] == nil {
				found[id], policies[id] = &maps{}, map[string]bool{}
			}
			policies[id][endpoints.Spec.PolicyRef.Name] = true
			found[id].Pods = append(found[id].Pods, pod.Namespace+"/"+pod.Name)
		}
	}
	for id, m := range found {
		var ingress, egress []fwruleprocessor.EbpfFirewallRules
		for _, endpoints := range list.Items {
			// All endpoints of the same policy, whichever of them names the pod.
			if !policies[id][endpoints.Spec.PolicyRef.Name] {
				continue
			}
			for _, r := range endpoints.Spec.Ingress {
				ingress = append(ingress, fwruleprocessor.EbpfFirewallRules{IPCidr: r.CIDR, Except: r.Except, L4Info: r.Ports})
			}
			for _, r := range endpoints.Spec.Egress {
				egress = append(egress, fwruleprocessor.EbpfFirewallRules{IPCidr: r.CIDR, Except: r.Except, L4Info: r.Ports})
			}
		}
		m.Ingress, m.Egress = rows(ingress), rows(egress)
	}
	return slices.Collect(gomaps.Values(found))
}

func rows(rules []fwruleprocessor.EbpfFirewallRules) []row {
	computed, err := fwruleprocessor.NewFirewallRuleProcessor(node, "/32", false).ComputeMapEntriesFromEndpointRules(rules)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	found := []row{}
	// The layout of the kernel's map: a key is the length of the prefix and the address, a value twelve bytes for each port.
	for key, value := range computed {
		k, v := []byte(key), value
		r := row{Range: fmt.Sprintf("%s/%d", net.IP(k[4:8]), binary.LittleEndian.Uint32(k))}
		for ; len(v) >= 12; v = v[12:] {
			if protocol := binary.LittleEndian.Uint32(v); protocol != 0 {
				r.Ports = append(r.Ports, [3]int{int(protocol), int(binary.LittleEndian.Uint32(v[4:])), int(binary.LittleEndian.Uint32(v[8:]))})
			}
		}
		found = append(found, r)
	}
	return found
}

func main() {
	// Without one, the agent's packages end with a nil pointer.
	logger.New("error", "/dev/null", 1, 1)
	var list v1alpha1.PolicyEndpointList
	if err := json.NewDecoder(os.Stdin).Decode(&list); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if err := json.NewEncoder(os.Stdout).Encode(mapsOf(list)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
