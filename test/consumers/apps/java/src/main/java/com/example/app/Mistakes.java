package com.example.app;

import com.example.camunda.dualregion.CamundaDualRegion;
import com.example.camunda.dualregion.CamundaSettings;
import com.example.camunda.dualregion.RegionSettings;
import java.util.List;
import software.amazon.awscdk.App;

/** Four mistakes: what does a user see of them? */
public final class Mistakes {
    public static void main(final String[] args) {
        CamundaDualRegion.Builder.create(new App(), "Camunda")
            .camunda(CamundaSettings.builder().version("7.9").clusterSize(5).build())
            .regions(List.of(
                RegionSettings.builder()
                    .awsRegion("eu-west-2")
                    .vpcCidr("10.192.0.0/16")
                    .serviceCidr("10.190.0.0/16")
                    .namespace("kube-system")
                    .build(),
                RegionSettings.builder()
                    .awsRegion("eu-west-3")
                    .vpcCidr("10.192.0.0/16")
                    .serviceCidr("10.200.0.0/16")
                    .namespace("camunda-paris")
                    .build()))
            .build();
    }
}
