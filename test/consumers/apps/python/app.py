from aws_cdk import App
from cdk_camunda_dual_region import CamundaDualRegion, CamundaSettings, RegionSettings

app = App()
CamundaDualRegion(
    app,
    "Camunda",
    camunda=CamundaSettings(version="8.9", cluster_size=8, partition_count=8, replication_factor=4),
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
app.synth()
