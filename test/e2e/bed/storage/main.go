// Command ebs stands in for the controller of the EBS CSI driver: ebs SOCKET.
// It makes no volume. It refuses what that driver refuses in a storage class, and
// hands back what it was asked for, which the provisioner writes into the
// PersistentVolume: there a proof can read it.
package main

import (
	"context"
	"log"
	"maps"
	"net"
	"os"
	"strconv"
	"strings"

	"github.com/container-storage-interface/spec/lib/go/csi"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

const (
	name    = "ebs.csi.aws.com"
	zoneKey = "topology.kubernetes.io/zone"
	// Who the volume is for, which the provisioner adds to the class's parameters.
	metadataPrefix = "csi.storage.k8s.io/"
)

// What a value of each parameter must be. The real driver knows more; what is missing here is refused, so that it is added knowingly.
var parameters = map[string]func(string) bool{
	"type":       func(v string) bool { return v == "gp3" },
	"iops":       isNumber,
	"throughput": isNumber,
	"encrypted":  func(v string) bool { return v == "true" || v == "false" },
	"kmsKeyId":   func(v string) bool { return strings.HasPrefix(v, "arn:aws:kms:") },
}

func isNumber(v string) bool {
	n, err := strconv.Atoi(v)
	return err == nil && n > 0
}

type driver struct {
	csi.UnimplementedIdentityServer
	csi.UnimplementedControllerServer
}

func (driver) GetPluginInfo(context.Context, *csi.GetPluginInfoRequest) (*csi.GetPluginInfoResponse, error) {
	return &csi.GetPluginInfoResponse{Name: name, VendorVersion: "stand-in"}, nil
}

func (driver) GetPluginCapabilities(context.Context, *csi.GetPluginCapabilitiesRequest) (*csi.GetPluginCapabilitiesResponse, error) {
	of := func(t csi.PluginCapability_Service_Type) *csi.PluginCapability {
		return &csi.PluginCapability{Type: &csi.PluginCapability_Service_{Service: &csi.PluginCapability_Service{Type: t}}}
	}
	return &csi.GetPluginCapabilitiesResponse{Capabilities: []*csi.PluginCapability{
		of(csi.PluginCapability_Service_CONTROLLER_SERVICE), of(csi.PluginCapability_Service_VOLUME_ACCESSIBILITY_CONSTRAINTS)}}, nil
}

func (driver) Probe(context.Context, *csi.ProbeRequest) (*csi.ProbeResponse, error) {
	return &csi.ProbeResponse{}, nil
}

func (driver) ControllerGetCapabilities(context.Context, *csi.ControllerGetCapabilitiesRequest) (*csi.ControllerGetCapabilitiesResponse, error) {
	rpc := &csi.ControllerServiceCapability_RPC{Type: csi.ControllerServiceCapability_RPC_CREATE_DELETE_VOLUME}
	return &csi.ControllerGetCapabilitiesResponse{Capabilities: []*csi.ControllerServiceCapability{
		{Type: &csi.ControllerServiceCapability_Rpc{Rpc: rpc}}}}, nil
}

func (driver) CreateVolume(_ context.Context, r *csi.CreateVolumeRequest) (*csi.CreateVolumeResponse, error) {
	asked := map[string]string{}
	for key, value := range r.Parameters {
		if strings.HasPrefix(key, metadataPrefix) {
			continue
		}
		if valid, known := parameters[key]; !known || !valid(value) {
			return nil, status.Errorf(codes.InvalidArgument, "the stand-in for the EBS driver does not know parameter %s: %s", key, value)
		}
		asked[key] = value
	}
	for _, c := range r.VolumeCapabilities {
		if c.AccessMode.GetMode() != csi.VolumeCapability_AccessMode_SINGLE_NODE_WRITER {
			return nil, status.Errorf(codes.InvalidArgument, "a volume of EBS is for one node, not %s", c.AccessMode.GetMode())
		}
	}
	preferred := r.AccessibilityRequirements.GetPreferred()
	if len(preferred) == 0 || preferred[0].Segments[zoneKey] == "" {
		return nil, status.Error(codes.InvalidArgument, "no zone is asked for")
	}
	zone := map[string]string{zoneKey: preferred[0].Segments[zoneKey]}
	maps.Copy(asked, zone)
	log.Println("created", r.Name, asked)
	return &csi.CreateVolumeResponse{Volume: &csi.Volume{
		VolumeId:           "vol-" + strings.TrimPrefix(r.Name, "pvc-"),
		CapacityBytes:      r.CapacityRange.GetRequiredBytes(),
		VolumeContext:      asked,
		AccessibleTopology: []*csi.Topology{{Segments: zone}},
	}}, nil
}

func (driver) DeleteVolume(_ context.Context, r *csi.DeleteVolumeRequest) (*csi.DeleteVolumeResponse, error) {
	log.Println("deleted", r.VolumeId)
	return &csi.DeleteVolumeResponse{}, nil
}

func main() {
	listener, err := net.Listen("unix", os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	server := grpc.NewServer()
	csi.RegisterIdentityServer(server, driver{})
	csi.RegisterControllerServer(server, driver{})
	log.Fatal(server.Serve(listener))
}
