from aws_cdk import App
from cdk_camunda_dual_region import CamundaDualRegion, CamundaSettings, RegionSettings

# Four mistakes: what does a user see of them?
CamundaDualRegion(
    App(),
    "Camunda",
    camunda=CamundaSettings(version="7.9", cluster_size=5),
    regions=[
        RegionSettings(
            aws_region="eu-west-2",
            vpc_cidr="10.192.0.0/16",
            service_cidr="10.190.0.0/16",
            namespace="kube-system",
        ),
        RegionSettings(
            aws_region="eu-west-3",
            vpc_cidr="10.192.0.0/16",
            service_cidr="10.200.0.0/16",
            namespace="camunda-paris",
        ),
    ],
)
