// Runs the part of the AWS Load Balancer Controller that registers pods in target groups, with its own packages and flags. Its
// own command adds Ingress, Services and webhooks, whose server listens on all addresses.
package main

import (
	"fmt"
	"os"

	"github.com/spf13/pflag"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/kubernetes"
	clientgoscheme "k8s.io/client-go/kubernetes/scheme"
	elbv2api "sigs.k8s.io/aws-load-balancer-controller/apis/elbv2/v1beta1"
	elbv2controller "sigs.k8s.io/aws-load-balancer-controller/controllers/elbv2"
	"sigs.k8s.io/aws-load-balancer-controller/pkg/aws"
	"sigs.k8s.io/aws-load-balancer-controller/pkg/aws/throttle"
	"sigs.k8s.io/aws-load-balancer-controller/pkg/config"
	"sigs.k8s.io/aws-load-balancer-controller/pkg/k8s"
	"sigs.k8s.io/aws-load-balancer-controller/pkg/networking"
	"sigs.k8s.io/aws-load-balancer-controller/pkg/targetgroupbinding"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/log/zap"
	"sigs.k8s.io/controller-runtime/pkg/metrics"
)

func main() {
	ctrl.SetLogger(zap.New())
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	given, err := readFlags()
	if err != nil {
		return err
	}
	cloud, err := aws.NewCloud(given.AWSConfig, metrics.Registry)
	if err != nil {
		return err
	}
	rest, err := config.BuildRestConfig(given.RuntimeConfig)
	if err != nil {
		return err
	}
	scheme := runtime.NewScheme()
	if err := clientgoscheme.AddToScheme(scheme); err != nil {
		return err
	}
	if err := elbv2api.AddToScheme(scheme); err != nil {
		return err
	}
	options := config.BuildRuntimeOptions(given.RuntimeConfig, scheme)
	manager, err := ctrl.NewManager(rest, options)
	if err != nil {
		return err
	}
	clients, err := kubernetes.NewForConfig(rest)
	if err != nil {
		return err
	}
	pods := k8s.NewDefaultPodInfoRepo(clients.CoreV1().RESTClient(), options.Namespace, ctrl.Log)
	groups := networking.NewDefaultSecurityGroupManager(cloud.EC2(), ctrl.Log)
	events := manager.GetEventRecorderFor("targetGroupBinding")
	resources := targetgroupbinding.NewDefaultResourceManager(manager.GetClient(), cloud.ELBV2(), cloud.EC2(), pods, groups,
		networking.NewDefaultSecurityGroupReconciler(groups, ctrl.Log), networking.NewDefaultVPCInfoProvider(cloud.EC2(), ctrl.Log),
		cloud.VpcID(), given.ClusterName, given.FeatureGates.Enabled(config.EndpointsFailOpen), given.EnableEndpointSlices,
		given.DisableRestrictedSGRules, events, ctrl.Log)
	bindings := elbv2controller.NewTargetGroupBindingReconciler(manager.GetClient(), events,
		k8s.NewDefaultFinalizerManager(manager.GetClient(), ctrl.Log), resources, given, ctrl.Log)
	ctx := ctrl.SetupSignalHandler()
	if err := bindings.SetupWithManager(ctx, manager); err != nil {
		return err
	}
	failed := make(chan error, 2)
	go func() { failed <- pods.Start(ctx) }()
	if err := pods.WaitForCacheSync(ctx); err != nil {
		return err
	}
	go func() { failed <- manager.Start(ctx) }()
	return <-failed
}

func readFlags() (config.ControllerConfig, error) {
	given := config.ControllerConfig{
		AWSConfig:    aws.CloudConfig{ThrottleConfig: throttle.NewDefaultServiceOperationsThrottleConfig()},
		FeatureGates: config.NewFeatureGates(),
	}
	flags := pflag.NewFlagSet("", pflag.ExitOnError)
	given.BindFlags(flags)
	if err := flags.Parse(os.Args); err != nil {
		return given, err
	}
	return given, given.Validate()
}
