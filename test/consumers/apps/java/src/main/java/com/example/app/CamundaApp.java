package com.example.app;

import com.example.camunda.dualregion.CamundaDualRegion;
import com.example.camunda.dualregion.CamundaSettings;
import com.example.camunda.dualregion.RegionSettings;
import java.util.List;
import software.amazon.awscdk.App;

public final class CamundaApp {
    public static void main(final String[] args) {
        final App app = new App();
        CamundaDualRegion.Builder.create(app, "Camunda")
            .camunda(CamundaSettings.builder()
                .version("8.9")
                .clusterSize(8)
                .partitionCount(8)
                .replicationFactor(4)
                .build())
            .regions(List.of(
                RegionSettings.builder()
                    .awsRegion("eu-west-2")
                    .vpcCidr("10.192.0.0/16")
                    .serviceCidr("10.190.0.0/16")
                    .namespace("camunda-london")
                    .build(),
                RegionSettings.builder()
                    .awsRegion("eu-west-3")
                    .vpcCidr("10.202.0.0/16")
                    .serviceCidr("10.200.0.0/16")
                    .namespace("camunda-paris")
                    .build()))
            .build();
        app.synth();
    }
}
