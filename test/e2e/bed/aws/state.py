"""state.py PORT: what a deployment left in a region, as JSON, asked of the services' own APIs and not of CloudFormation.

GET /REGION asks them anew each time. The process stays, since loading what boto3 knows of the services takes longer than
asking them. The shape is that of ../../support/aws-state.ts. Keys are those of the APIs, cut down to what proofs look at;
the account's default VPC and what belongs to it are left out.
"""
import json
import sys
import traceback
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock

import boto3


def pick(d, *keys):
    return {k[:1].lower() + k[1:]: d[k] for k in keys if d.get(k) is not None}


def tags(d):
    return {t['Key']: t['Value'] for t in d.get('Tags') or []}


def every(client, operation, key, **arguments):
    if client.can_paginate(operation):
        return [x for page in client.get_paginator(operation).paginate(**arguments) for x in page[key]]
    return getattr(client, operation)(**arguments)[key]


def rules(permissions):
    """One entry for each source, as the console shows them."""
    found = []
    for p in permissions:
        base = {'protocol': p['IpProtocol'], 'fromPort': p.get('FromPort'), 'toPort': p.get('ToPort')}
        found += [base | {'cidr': r['CidrIp'], 'description': r.get('Description')} for r in p.get('IpRanges', [])]
        found += [base | {'cidr': r['CidrIpv6'], 'description': r.get('Description')} for r in p.get('Ipv6Ranges', [])]
        found += [base | {'group': r['GroupId'], 'description': r.get('Description')} for r in p.get('UserIdGroupPairs', [])]
        found += [base | {'prefixList': r['PrefixListId'], 'description': r.get('Description')} for r in p.get('PrefixListIds', [])]
    return [{k: v for k, v in f.items() if v is not None} for f in found]


TARGETS = ('GatewayId', 'NatGatewayId', 'VpcPeeringConnectionId', 'NetworkInterfaceId', 'TransitGatewayId', 'EgressOnlyInternetGatewayId')


def network(ec2):
    default = {v['VpcId'] for v in every(ec2, 'describe_vpcs', 'Vpcs') if v.get('IsDefault')}

    def ours(operation, key):
        return [x for x in every(ec2, operation, key) if x.get('VpcId') not in default]
    return {
        'vpcs': [pick(v, 'VpcId', 'CidrBlock') | {'tags': tags(v)} for v in ours('describe_vpcs', 'Vpcs')],
        'subnets': [pick(s, 'SubnetId', 'VpcId', 'CidrBlock', 'AvailabilityZone', 'MapPublicIpOnLaunch') | {'tags': tags(s)}
                    for s in ours('describe_subnets', 'Subnets')],
        'routeTables': [pick(t, 'RouteTableId', 'VpcId') | {
            'tags': tags(t),
            'main': any(a.get('Main') for a in t['Associations']),
            'subnetIds': sorted(a['SubnetId'] for a in t['Associations'] if a.get('SubnetId')),
            'routes': [{'destination': r.get('DestinationCidrBlock') or r.get('DestinationIpv6CidrBlock') or r.get('DestinationPrefixListId'),
                        'target': next((r[k] for k in TARGETS if r.get(k)), None), 'state': r.get('State')} for r in t['Routes']],
        } for t in ours('describe_route_tables', 'RouteTables')],
        'securityGroups': [pick(g, 'GroupId', 'GroupName', 'VpcId', 'Description') | {
            'tags': tags(g), 'ingress': rules(g['IpPermissions']), 'egress': rules(g['IpPermissionsEgress'])}
            for g in ours('describe_security_groups', 'SecurityGroups')],
        'networkAcls': [pick(a, 'NetworkAclId', 'VpcId', 'IsDefault') | {
            'subnetIds': sorted(x['SubnetId'] for x in a['Associations']),
            'entries': [pick(e, 'RuleNumber', 'Protocol', 'RuleAction', 'Egress', 'CidrBlock') | {
                'fromPort': e.get('PortRange', {}).get('From'), 'toPort': e.get('PortRange', {}).get('To')} for e in a['Entries']],
        } for a in ours('describe_network_acls', 'NetworkAcls')],
        'peerings': [{'id': p['VpcPeeringConnectionId'], 'status': p['Status']['Code'],
                      'requester': pick(p['RequesterVpcInfo'], 'VpcId', 'CidrBlock', 'Region', 'OwnerId'),
                      'accepter': pick(p['AccepterVpcInfo'], 'VpcId', 'CidrBlock', 'Region', 'OwnerId')}
                     for p in every(ec2, 'describe_vpc_peering_connections', 'VpcPeeringConnections')],
        'natGateways': [pick(n, 'NatGatewayId', 'SubnetId', 'State') for n in ours('describe_nat_gateways', 'NatGateways')],
        'internetGateways': [{'id': g['InternetGatewayId'], 'vpcIds': [a['VpcId'] for a in g['Attachments']]}
                             for g in every(ec2, 'describe_internet_gateways', 'InternetGateways')
                             if not any(a['VpcId'] in default for a in g['Attachments'])],
        'addresses': [pick(a, 'AllocationId', 'PublicIp') for a in every(ec2, 'describe_addresses', 'Addresses')],
        'flowLogs': [pick(f, 'FlowLogId', 'ResourceId', 'TrafficType', 'FlowLogStatus', 'LogDestinationType') | {
            'logGroupName': f.get('LogGroupName') or f.get('LogDestination')} for f in every(ec2, 'describe_flow_logs', 'FlowLogs')],
        'launchTemplates': [launch_template(ec2, t) for t in every(ec2, 'describe_launch_templates', 'LaunchTemplates')],
    }


def launch_template(ec2, t):
    versions = ec2.describe_launch_template_versions(LaunchTemplateId=t['LaunchTemplateId'], Versions=['$Latest'])
    return pick(t, 'LaunchTemplateId', 'LaunchTemplateName') | {'data': versions['LaunchTemplateVersions'][0]['LaunchTemplateData']}


def load_balancers(elb):
    groups = every(elb, 'describe_target_groups', 'TargetGroups')
    return [pick(lb, 'LoadBalancerArn', 'LoadBalancerName', 'Type', 'Scheme', 'VpcId', 'SecurityGroups') | {
        'subnets': [{'subnetId': z['SubnetId'], 'zone': z['ZoneName'], 'addresses': [a['PrivateIPv4Address'] for a in z.get('LoadBalancerAddresses', [])
                                                                                  if 'PrivateIPv4Address' in a]} for z in lb['AvailabilityZones']],
        'attributes': {a['Key']: a['Value'] for a in elb.describe_load_balancer_attributes(LoadBalancerArn=lb['LoadBalancerArn'])['Attributes']},
        'listeners': [pick(x, 'Protocol', 'Port') | {'targetGroupArns': [a['TargetGroupArn'] for a in x['DefaultActions'] if 'TargetGroupArn' in a]}
                      for x in every(elb, 'describe_listeners', 'Listeners', LoadBalancerArn=lb['LoadBalancerArn'])],
        'targetGroups': [pick(g, 'TargetGroupArn', 'Protocol', 'Port', 'TargetType', 'VpcId', 'HealthCheckProtocol', 'HealthCheckPort') | {
            'attributes': {a['Key']: a['Value'] for a in elb.describe_target_group_attributes(TargetGroupArn=g['TargetGroupArn'])['Attributes']},
        } for g in groups if lb['LoadBalancerArn'] in g['LoadBalancerArns']],
    } for lb in every(elb, 'describe_load_balancers', 'LoadBalancers')]


def cluster(eks, name):
    c = eks.describe_cluster(name=name)['cluster']
    vpc = c['resourcesVpcConfig']
    return {k: c.get(k) for k in ('name', 'version', 'status', 'endpoint', 'roleArn')} | {
        'vpc': vpc,
        'serviceCidr': c['kubernetesNetworkConfig'].get('serviceIpv4Cidr'),
        'authenticationMode': (c.get('accessConfig') or {}).get('authenticationMode'),
        'logTypes': sorted(t for l in c['logging']['clusterLogging'] if l['enabled'] for t in l['types']),
        'encryptionConfig': c.get('encryptionConfig') or [],
        'tags': c.get('tags') or {},
        'nodegroups': [nodegroup(eks.describe_nodegroup(clusterName=name, nodegroupName=n)['nodegroup'])
                       for n in every(eks, 'list_nodegroups', 'nodegroups', clusterName=name)],
        'addons': [addon(eks.describe_addon(clusterName=name, addonName=a)['addon']) for a in every(eks, 'list_addons', 'addons', clusterName=name)],
        'accessEntries': [access_entry(eks, name, a) for a in every(eks, 'list_access_entries', 'accessEntries', clusterName=name)],
        'podIdentities': [{k: a.get(k) for k in ('namespace', 'serviceAccount', 'roleArn')} for a in (
            eks.describe_pod_identity_association(clusterName=name, associationId=x['associationId'])['association']
            for x in every(eks, 'list_pod_identity_associations', 'associations', clusterName=name))],
    }


def nodegroup(n):
    return {k: n.get(k) for k in ('nodegroupName', 'status', 'subnets', 'scalingConfig', 'updateConfig', 'amiType', 'launchTemplate',
                                  'nodeRole', 'nodeRepairConfig', 'labels', 'tags') if n.get(k) is not None}


def addon(a):
    return {k: a[k] for k in ('addonName', 'addonVersion', 'status', 'configurationValues', 'serviceAccountRoleArn') if a.get(k)}


def access_entry(eks, cluster_name, arn):
    e = eks.describe_access_entry(clusterName=cluster_name, principalArn=arn)['accessEntry']
    policies = every(eks, 'list_associated_access_policies', 'associatedAccessPolicies', clusterName=cluster_name, principalArn=arn)
    return {'principalArn': arn, 'type': e.get('type'), 'groups': e.get('kubernetesGroups') or [], 'policies': [p['policyArn'] for p in policies]}


def secret(client, s):
    d = client.describe_secret(SecretId=s['ARN'])
    return {'arn': d['ARN'], 'name': d['Name'], 'kmsKeyId': d.get('KmsKeyId'), 'primaryRegion': d.get('PrimaryRegion'),
            'replicas': [pick(r, 'Region', 'KmsKeyId', 'Status') for r in d.get('ReplicationStatus') or []]}


def bucket(s3, name):
    block = s3.get_public_access_block(Bucket=name)['PublicAccessBlockConfiguration']
    try:
        rules = s3.get_bucket_replication(Bucket=name)['ReplicationConfiguration']['Rules']
    except s3.exceptions.ClientError:
        rules = []
    return {'name': name, 'versioning': s3.get_bucket_versioning(Bucket=name).get('Status'), 'publicAccessBlocked': all(block.values()),
            'encryption': [r['ApplyServerSideEncryptionByDefault']['SSEAlgorithm'] for r in
                           s3.get_bucket_encryption(Bucket=name)['ServerSideEncryptionConfiguration']['Rules']],
            'copiedTo': [r['Destination']['Bucket'].rsplit(':', 1)[-1] for r in rules]}


def buckets(s3, region):
    # Those of the bootstrap are the CDK's.
    names = [b['Name'] for b in s3.list_buckets()['Buckets'] if not b['Name'].startswith('cdk-')]
    return [bucket(s3, n) for n in names if (s3.get_bucket_location(Bucket=n).get('LocationConstraint') or 'us-east-1') == region]


def key(kms, k):
    d = kms.describe_key(KeyId=k['KeyId'])['KeyMetadata']
    return {'keyId': d['KeyId'], 'arn': d['Arn'], 'description': d.get('Description'), 'state': d.get('KeyState'), 'manager': d.get('KeyManager'),
            'multiRegion': d.get('MultiRegion'), 'rotation': kms.get_key_rotation_status(KeyId=k['KeyId'])['KeyRotationEnabled'],
            'aliases': [a['AliasName'] for a in kms.list_aliases(KeyId=k['KeyId'])['Aliases']]}


SERVICES = ('ec2', 'elbv2', 'eks', 'cloudformation', 'secretsmanager', 'kms', 'logs', 's3')
session, making = boto3.session.Session(), Lock()


@cache
def client(service, region):
    return session.client(service, region_name=region)


def state(region):
    with making:  # a session makes one client at a time
        ec2, elb, eks, cf, secrets, kms, logs, s3 = (client(service, region) for service in SERVICES)
    return network(ec2) | {
        'loadBalancers': load_balancers(elb),
        'clusters': [cluster(eks, name) for name in every(eks, 'list_clusters', 'clusters')],
        'secrets': [secret(secrets, s) for s in every(secrets, 'list_secrets', 'SecretList')],
        'buckets': buckets(s3, region),
        'keys': [key(kms, k) for k in every(kms, 'list_keys', 'Keys')],
        'logGroups': [{'name': g['logGroupName'], 'retentionInDays': g.get('retentionInDays')} for g in every(logs, 'describe_log_groups', 'logGroups')],
        'stacks': [{'name': s['StackName'], 'status': s['StackStatus'], 'description': s.get('Description'), 'tags': tags(s),
                    'outputs': {o['OutputKey']: o.get('OutputValue') for o in s.get('Outputs', [])}} for s in every(cf, 'describe_stacks', 'Stacks')],
    }



class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        region = self.path.strip('/')
        try:
            code, text = 200, json.dumps(state(region) if region else {}, default=str)
        except Exception:
            code, text = 500, traceback.format_exc()
        self.send_response(code)
        self.send_header('content-type', 'application/json' if code == 200 else 'text/plain')
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *args):
        pass


ThreadingHTTPServer(('127.0.0.1', int(sys.argv[1])), Handler).serve_forever()
