from aws_cdk import App, Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_eks_v2 as eks
from cdk8s import ApiObject, ApiObjectMetadata, Chart, JsonPatch
from cdk8s import App as Manifests
from cdk_camunda_dual_region import CamundaDualRegion, CamundaRegion, RegionSettings

NAMESPACE = "payments"
NODES = {"workload": NAMESPACE}


def object_in(chart: Chart, id: str, api_version: str, kind: str, metadata: ApiObjectMetadata, spec: dict) -> None:
    """Python's ApiObject takes no fields beside metadata, so they are added to it."""
    made = ApiObject(chart, id, api_version=api_version, kind=kind, metadata=metadata)
    made.add_json_patch(JsonPatch.add("/spec", spec))


def namespace_chart(region: CamundaRegion) -> Chart:
    """The namespace, and in it the certificate that workers trust. The key of the authority stays where it is."""
    chart = Chart(Manifests(), "PaymentNamespace", disable_resource_name_hashes=True)
    ApiObject(chart, "Namespace", api_version="v1", kind="Namespace", metadata=ApiObjectMetadata(name=NAMESPACE))
    object_in(
        chart,
        "SecretStore",
        "external-secrets.io/v1",
        "SecretStore",
        ApiObjectMetadata(name="aws", namespace=NAMESPACE),
        {"provider": {"aws": {"region": region.aws_region, "service": "SecretsManager"}}},
    )
    authority = {"key": region.certificate_authority.secret_name, "property": "certificate"}
    object_in(
        chart,
        "Authority",
        "external-secrets.io/v1",
        "ExternalSecret",
        ApiObjectMetadata(name="camunda-authority", namespace=NAMESPACE),
        {
            "data": [{"remoteRef": authority, "secretKey": "ca.crt"}],
            "secretStoreRef": {"kind": "SecretStore", "name": "aws"},
        },
    )
    return chart


# What you run beside Camunda, in the same clusters: job workers of a Helm chart, on nodes of their own, with an alarm.
app = App()
camunda = CamundaDualRegion(
    app,
    "Camunda",
    regions=[
        RegionSettings(
            aws_region="eu-west-2",
            vpc_cidr="10.192.0.0/16",
            service_cidr="10.190.0.0/16",
            namespace="camunda-london",
        ),
        RegionSettings(
            aws_region="eu-west-3",
            vpc_cidr="10.202.0.0/16",
            service_cidr="10.200.0.0/16",
            namespace="camunda-paris",
        ),
    ],
)

for region in camunda.regions:
    region.allow_clients_from(NAMESPACE)
    namespace = region.add_manifests(namespace_chart(region))
    workers = region.add_helm_chart(
        "PaymentWorkers",
        chart="payment-workers",
        repository="oci://registry.example.com/charts/payment-workers",
        version="1.4.0",
        namespace=NAMESPACE,
        create_namespace=False,
        values={
            "camunda": {
                "grpcAddress": region.gateway_grpc_address,
                "restAddress": region.gateway_rest_address,
                "trust": "camunda-authority",
            },
            "nodeSelector": NODES,
        },
    )
    workers.node.add_dependency(namespace)

    eks.Nodegroup(
        region,
        "PaymentNodes",
        cluster=region.cluster,
        subnets=ec2.SubnetSelection(subnets=region.private_subnets),
        instance_types=[ec2.InstanceType("c6i.large")],
        min_size=1,
        max_size=3,
        labels=NODES,
    )

    cloudwatch.Alarm(
        region,
        "NamesNotServed",
        alarm_description="The other region does not find the brokers of this one",
        metric=region.metric_healthy_dns_targets(period=Duration.minutes(1)),
        comparison_operator=cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
        threshold=1,
        evaluation_periods=3,
        treat_missing_data=cloudwatch.TreatMissingData.BREACHING,
    )
app.synth()
