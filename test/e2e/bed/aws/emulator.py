"""MiniStack plus what it lacks: run instead of `ministack`.

Adds CloudFormation types and the EC2, ELBv2, EKS and S3 rules which MiniStack 1.5.33
does not have, Fn::GetStackOutput across regions, a real API server behind each EKS
cluster, and Lambda functions that keep their files apart. Everything here calls
MiniStack's own service code, so what a deployment makes is what the EC2, EKS and ELBv2
APIs then show. It reaches into private names, hence the check of the version.

Environment: MiniStack's own (GATEWAY_PORT, BIND_HOST, MINISTACK_ACCOUNT_ID, ...) and
EKS_APISERVER_<region, - as _>=URL,CA_FILE, e.g. EKS_APISERVER_eu_west_2=https://127.0.1.1:6443,/run/ca.crt
(read when a cluster is created, by the region of its stack). UPDATE_RULES=FILE has what AWS refuses to change in one
update (lib/review/changes/aws-update-rules.ts); EKS_UPDATES=FILE gets a line for each update of a cluster or node group. For
EKS_LEFTOVERS see leftovers.py.
"""
import asyncio
import base64
import importlib.metadata
import json
import os
import subprocess
import types
import ipaddress
import random
import re
import string
import time
from xml.sax.saxutils import escape

if importlib.metadata.version('ministack') != '1.5.33':
    raise SystemExit('emulator.py is written for ministack 1.5.33: look through it before using another version')

from ministack.core import lambda_runtime
from ministack.core.responses import get_account_id, get_region
from ministack.services import alb, ec2, eks, iam, s3
from ministack.services import cloudformation as cfn
from ministack.services.cloudformation import engine, provisioners as pv
from ministack.services.cloudformation import changesets, handlers, stacks

import leftovers

H = pv._RESOURCE_HANDLERS
net = ipaddress.ip_network


class Refused(ValueError):
    pass


def call(fn, *a):
    """Call a MiniStack service function; raise what AWS would put into ResourceStatusReason."""
    r = fn(*a)
    body = r[2].decode() if isinstance(r[2], bytes) else str(r[2])
    if r[0] >= 400:
        raise Refused(re.sub(r'\s+', ' ', body))
    return body


def one(xml, tag):
    return re.search(f'<{tag}>([^<]*)</{tag}>', xml).group(1)


def tags(props, rid):
    pv._ec2_apply_tags(rid, props)


# ---------------------------------------------------------------- Fn::GetStackOutput (cross region)
_orig_resolve = engine._resolve_refs


def resolve_refs(value, *a, **k):
    if isinstance(value, dict) and 'Fn::GetStackOutput' in value:
        s = resolve_refs(value['Fn::GetStackOutput'], *a, **k)
        if isinstance(s, list):
            s = dict(zip(('StackName', 'OutputName', 'Region', 'RoleArn'), s))
        region = s.get('Region') or get_region()
        st = cfn._stacks.get_scoped(get_account_id(), region, s['StackName'])
        if not st or st.get('StackStatus') == 'DELETE_COMPLETE':
            raise Refused(f"Fn::GetStackOutput: stack {s['StackName']} does not exist in {region}")
        for o in st.get('Outputs', []):
            if o.get('OutputKey') == s['OutputName']:
                return o.get('OutputValue')
        raise Refused(f"Fn::GetStackOutput: no output {s['OutputName']} in stack {s['StackName']} ({region})")
    return _orig_resolve(value, *a, **k)


for m in (engine, changesets, handlers, stacks, pv):
    if hasattr(m, '_resolve_refs'):
        m._resolve_refs = resolve_refs


# ---------------------------------------------------------------- CloudFormation: an answer when there is one
# The CDK asks for a stack's status, and if it is still being worked on, again five seconds later. Here a stack takes about
# as long, so the answer to such a question waits for a status that stays. AWS would answer at once.
_orig_request = cfn.handle_request
ANSWER_WITHIN_S, LOOK_EVERY_S = 10, 0.05
LASTING = re.compile(rb'<StackStatus>(?:[A-Z_]*_(?:COMPLETE|FAILED)|REVIEW_IN_PROGRESS)</StackStatus>')


async def request(method, path, headers, body, query):
    patient = b'Action=DescribeStacks' in body and b'StackName=' in body
    end = time.monotonic() + ANSWER_WITHIN_S
    while True:
        answer = await _orig_request(method, path, headers, body, query)
        text = answer[2].encode() if isinstance(answer[2], str) else answer[2]
        if not patient or answer[0] >= 400 or LASTING.search(text) or time.monotonic() > end:
            return answer
        await asyncio.sleep(LOOK_EVERY_S)


cfn.handle_request = request

# ---------------------------------------------------------------- EC2: rules which MiniStack does not check
def wrap(rtype, check):
    orig = H[rtype]['create']

    def create(logical_id, props, stack_name):
        check(props)
        return orig(logical_id, props, stack_name)
    H[rtype]['create'] = create


def check_subnet(p):
    vpc = ec2._vpcs.get(p.get('VpcId'))
    if not vpc:
        raise Refused(f"The vpc ID '{p.get('VpcId')}' does not exist (InvalidVpcID.NotFound)")
    c = net(p['CidrBlock'])
    if not c.subnet_of(net(vpc['CidrBlock'])):
        raise Refused(f"The CIDR '{c}' is invalid. (InvalidSubnet.Range)")
    for s in ec2._subnets.values():
        if s['VpcId'] == p['VpcId'] and c.overlaps(net(s['CidrBlock'])):
            raise Refused(f"The CIDR '{c}' conflicts with another subnet (InvalidSubnet.Conflict)")


def wrap_subnet_acl():
    """AWS puts every new subnet under the network's default ACL; MiniStack leaves the ACL without any."""
    create_subnet, delete_subnet = H['AWS::EC2::Subnet']['create'], H['AWS::EC2::Subnet']['delete']

    def create(lid, p, stack):
        sid, attrs = create_subnet(lid, p, stack)
        for acl in ec2._network_acls.values():
            if acl['VpcId'] == p['VpcId'] and acl['IsDefault']:
                acl['Associations'].append({'NetworkAclAssociationId': 'aclassoc-' + sid[7:], 'SubnetId': sid})
        return sid, attrs

    def delete(pid, p):
        for acl in ec2._network_acls.values():
            acl['Associations'] = [a for a in acl['Associations'] if a['SubnetId'] != pid]
        return delete_subnet(pid, p)
    H['AWS::EC2::Subnet']['create'], H['AWS::EC2::Subnet']['delete'] = create, delete


def check_route(p):
    rtb = ec2._route_tables.get(p.get('RouteTableId'))
    if not rtb:
        raise Refused(f"The routeTable ID '{p.get('RouteTableId')}' does not exist (InvalidRouteTableID.NotFound)")
    dest = p.get('DestinationCidrBlock')
    if dest and any(r.get('DestinationCidrBlock') == dest for r in rtb['Routes']):
        raise Refused(f'The route identified by {dest} already exists. (RouteAlreadyExists)')
    pcx = p.get('VpcPeeringConnectionId')
    if pcx:
        rec = ec2._vpc_peering.get(pcx)
        if not rec:
            raise Refused(f"The vpcPeeringConnection ID '{pcx}' does not exist (InvalidVpcPeeringConnectionID.NotFound)")
        if rec['Status']['Code'] not in ('active', 'pending-acceptance', 'provisioning'):
            raise Refused(f"VPC peering connection {pcx} is {rec['Status']['Code']} (InvalidStateTransition)")
        if rtb['VpcId'] not in (rec['RequesterVpcInfo']['VpcId'], rec['AccepterVpcInfo']['VpcId']):
            raise Refused(f"route table {p['RouteTableId']} and {pcx} belong to different networks (InvalidParameterValue)")
    if p.get('NatGatewayId') and p['NatGatewayId'] not in ec2._nat_gateways:
        raise Refused(f"The natGateway ID '{p['NatGatewayId']}' does not exist (InvalidNatGatewayID.NotFound)")


def check_sg(p):
    if p.get('VpcId') and p['VpcId'] not in ec2._vpcs:
        raise Refused(f"The vpc ID '{p['VpcId']}' does not exist (InvalidVpcID.NotFound)")
    for r in (p.get('SecurityGroupIngress') or []) + (p.get('SecurityGroupEgress') or []):
        if 'CidrIp' in r:
            net(r['CidrIp'])


wrap('AWS::EC2::Subnet', check_subnet)
wrap_subnet_acl()
wrap('AWS::EC2::Route', check_route)
wrap('AWS::EC2::SecurityGroup', check_sg)


# ---------------------------------------------------------------- EC2: missing types
def eip_create(lid, p, stack):
    x = call(ec2._allocate_address, {'Domain': ['vpc']})
    aid = one(x, 'allocationId')
    tags(p, aid)
    return one(x, 'publicIp'), {'AllocationId': aid, 'PublicIp': one(x, 'publicIp')}


def eip_delete(pid, p):
    for aid, a in list(ec2._addresses.items()):
        if a['PublicIp'] == pid:
            call(ec2._release_address, {'AllocationId': [aid]})


def nat_create(lid, p, stack):
    if p['SubnetId'] not in ec2._subnets:
        raise Refused(f"The subnet ID '{p['SubnetId']}' does not exist (InvalidSubnetID.NotFound)")
    if p.get('AllocationId') and p['AllocationId'] not in ec2._addresses:
        raise Refused(f"The allocation ID '{p['AllocationId']}' does not exist (InvalidAllocationID.NotFound)")
    nid = one(call(ec2._create_nat_gateway, {'SubnetId': [p['SubnetId']], 'AllocationId': [p.get('AllocationId', '')]}), 'natGatewayId')
    tags(p, nid)
    return nid, {'NatGatewayId': nid}


def pcx_create(lid, p, stack):
    acct, here, there = get_account_id(), get_region(), p.get('PeerRegion') or get_region()
    a = ec2._vpcs.get(p['VpcId'])
    b = ec2._vpcs.get_scoped(p.get('PeerOwnerId') or acct, there, p['PeerVpcId'])
    if not a:
        raise Refused(f"The vpc ID '{p['VpcId']}' does not exist (InvalidVpcID.NotFound)")
    # AWS makes the connection and lets it fail when the peer is unknown or the CIDRs overlap
    if not b:
        raise Refused(f"VpcPeeringConnection failed to stabilize: peer VPC {p['PeerVpcId']} not found in {there} (status failed)")
    if net(a['CidrBlock']).overlaps(net(b['CidrBlock'])):
        raise Refused(f"VpcPeeringConnection failed to stabilize: Failed due to incorrect VPC-ID, Account ID, or overlapping CIDR range ({a['CidrBlock']}, {b['CidrBlock']})")
    x = call(ec2._create_vpc_peering_connection, {'VpcId': [p['VpcId']], 'PeerVpcId': [p['PeerVpcId']], 'PeerRegion': [there], 'PeerOwnerId': [p.get('PeerOwnerId') or acct]})
    pid = one(x, 'vpcPeeringConnectionId')
    if (p.get('PeerOwnerId') or acct) == acct:  # CloudFormation accepts within one account
        call(ec2._accept_vpc_peering_connection, {'VpcPeeringConnectionId': [pid]})
    tags(p, pid)
    return pid, {'Id': pid}


def sgr(kind):
    def rule(p):
        key = 'SourceSecurityGroupId' if kind == 'Ingress' else 'DestinationSecurityGroupId'
        r = {'IpProtocol': p['IpProtocol'], 'IpRanges': [], 'Ipv6Ranges': [], 'PrefixListIds': [], 'UserIdGroupPairs': []}
        for k in ('FromPort', 'ToPort'):
            if k in p:
                r[k] = int(p[k])
        if 'CidrIp' in p:
            net(p['CidrIp'])
            r['IpRanges'] = [{'CidrIp': p['CidrIp']}]
        if key in p:
            if p[key] not in ec2._security_groups:
                raise Refused(f"The security group '{p[key]}' does not exist (InvalidGroup.NotFound)")
            r['UserIdGroupPairs'] = [{'GroupId': p[key], 'UserId': get_account_id()}]
        return r

    def create(lid, p, stack):
        sg = ec2._security_groups.get(p['GroupId'])
        if not sg:
            raise Refused(f"The security group '{p['GroupId']}' does not exist (InvalidGroup.NotFound)")
        lst, r = sg['IpPermissions' if kind == 'Ingress' else 'IpPermissionsEgress'], rule(p)
        if r in lst:
            raise Refused('the specified rule already exists (InvalidPermission.Duplicate)')
        lst.append(r)
        rid = 'sgr-' + ''.join(random.choices(string.hexdigits[:16], k=17))
        return rid, {'Id': rid}

    def delete(pid, p):
        sg = ec2._security_groups.get(p['GroupId'])
        if sg:
            lst, r = sg['IpPermissions' if kind == 'Ingress' else 'IpPermissionsEgress'], rule(p)
            if r in lst:
                lst.remove(r)
    return {'create': create, 'delete': delete}


def replaced(handler):
    """A type whose every change but that of its tags means replacement: the new one is made, then the old one deleted."""
    attributes = {}

    def create(lid, p, stack):
        pid, attributes[pid] = handler['create'](lid, p, stack)
        return pid, attributes[pid]

    def untagged(p):
        return {k: v for k, v in p.items() if k != 'Tags'}

    def update(pid, old, new, stack, lid=None):
        if pid in attributes and untagged(old) == untagged(new):
            return pid, attributes[pid]
        created = create(lid, new, stack)
        handler['delete'](pid, old)
        return created
    return handler | {'create': create, 'update': update, 'update_with_logical_id': True}


H['AWS::EC2::EIP'] = replaced({'create': eip_create, 'delete': eip_delete})
H['AWS::EC2::NatGateway'] = replaced({'create': nat_create, 'delete': lambda pid, p: call(ec2._delete_nat_gateway, {'NatGatewayId': [pid]})})
H['AWS::EC2::VPCPeeringConnection'] = replaced({
    'create': pcx_create, 'delete': lambda pid, p: call(ec2._delete_vpc_peering_connection, {'VpcPeeringConnectionId': [pid]})})
H['AWS::EC2::SecurityGroupIngress'] = replaced(sgr('Ingress'))
H['AWS::EC2::SecurityGroupEgress'] = replaced(sgr('Egress'))


def flow_log_create(lid, p, stack):
    if p['ResourceType'] == 'VPC' and p['ResourceId'] not in ec2._vpcs:
        raise Refused(f"The vpc ID '{p['ResourceId']}' does not exist (InvalidVpcID.NotFound)")
    x = call(ec2._create_flow_logs, {'ResourceType': [p['ResourceType']], 'ResourceId.1': [p['ResourceId']], 'TrafficType': [p.get('TrafficType', 'ALL')],
                                     'LogDestinationType': [p.get('LogDestinationType', 'cloud-watch-logs')], 'LogGroupName': [p.get('LogGroupName', '')],
                                     'DeliverLogsPermissionArn': [p.get('DeliverLogsPermissionArn', '')]})
    fid = one(x, 'item')
    return fid, {'Id': fid}


H['AWS::EC2::FlowLog'] = replaced({'create': flow_log_create, 'delete': lambda pid, p: call(ec2._delete_flow_logs, {'FlowLogId.1': [pid]})})

# ---------------------------------------------------------------- ELBv2: fixed addresses of an NLB
_lb_create = H['AWS::ElasticLoadBalancingV2::LoadBalancer']['create']


def lb_create(lid, p, stack):
    maps = p.get('SubnetMappings') or []
    subnets = [m['SubnetId'] for m in maps] or p.get('Subnets') or []
    found = [ec2._subnets.get(s) for s in subnets]
    if not subnets or not all(found):
        raise Refused('One or more subnets do not exist (SubnetNotFound)')
    if len({s['AvailabilityZone'] for s in found}) != len(found):
        raise Refused('A load balancer cannot be attached to multiple subnets in the same Availability Zone (InvalidConfigurationRequest)')
    used = {a for lb in alb._lbs.values() for a in lb.get('PrivateAddresses', {}).values()}
    addr = {}
    for m in maps:
        ip = m.get('PrivateIPv4Address')
        if not ip:
            continue
        n = net(ec2._subnets[m['SubnetId']]['CidrBlock'])
        if ipaddress.ip_address(ip) not in n or ip in [str(n[i]) for i in (0, 1, 2, 3, -1)]:
            raise Refused(f'The address {ip} is not usable in subnet {m["SubnetId"]} ({n}) (InvalidConfigurationRequest)')
        if ip in used:
            raise Refused(f'The address {ip} is in use (InvalidConfigurationRequest)')
        addr[m['SubnetId']] = ip
    vpc = found[0]['VpcId']
    for g in p.get('SecurityGroups') or []:
        sg = ec2._security_groups.get(g)
        if not sg or sg['VpcId'] != vpc:
            raise Refused(f"One or more security groups are invalid: {g} (InvalidSecurityGroup)")
    arn, attrs = _lb_create(lid, {**p, 'Subnets': subnets, 'VpcId': vpc}, stack)
    alb._lbs[arn]['PrivateAddresses'] = addr
    return arn, attrs


_lb_update = H['AWS::ElasticLoadBalancingV2::LoadBalancer']['update']


def lb_update(pid, old, new, *a):
    if old.get('SubnetMappings') != new.get('SubnetMappings'):
        raise Refused('A network load balancer keeps its subnets and their addresses (InvalidConfigurationRequest)')
    kept = {key: alb._lbs[pid][key] for key in ('Subnets', 'PrivateAddresses', 'VpcId') if key in alb._lbs.get(pid, {})}
    result = _lb_update(pid, old, new, *a)
    # MiniStack knows no mappings, and takes away what it finds no subnets for
    alb._lbs[result[0]].update(kept)
    return result


H['AWS::ElasticLoadBalancingV2::LoadBalancer']['create'] = lb_create
H['AWS::ElasticLoadBalancingV2::LoadBalancer']['update'] = lb_update
_lb_xml = alb._lb_xml


def lb_xml(lb):
    x = _lb_xml(lb)
    azs = ''.join(
        f"<member><ZoneName>{ec2._subnets[s]['AvailabilityZone']}</ZoneName><SubnetId>{s}</SubnetId><LoadBalancerAddresses>"
        + (f"<member><PrivateIPv4Address>{lb['PrivateAddresses'][s]}</PrivateIPv4Address></member>" if s in lb.get('PrivateAddresses', {}) else '')
        + '</LoadBalancerAddresses></member>' for s in lb.get('Subnets', []) if s in ec2._subnets)
    return re.sub(r'<AvailabilityZones>.*</AvailabilityZones>', f'<AvailabilityZones>{azs}</AvailabilityZones>', x, flags=re.S)


alb._lb_xml = lb_xml


# ---------------------------------------------------------------- EKS: missing types
def camel(o):
    if isinstance(o, dict):
        return {k[:1].lower() + k[1:]: camel(v) for k, v in o.items()}
    return [camel(v) for v in o] if isinstance(o, list) else o


def taglist(p):
    t = p.get('Tags') or []
    return t if isinstance(t, dict) else {x['Key']: x['Value'] for x in t}


def addon_create(lid, p, stack):
    call(eks._create_addon, p['ClusterName'], {**camel({k: v for k, v in p.items() if k not in ('ClusterName', 'Tags')}), 'tags': taglist(p)})
    return f"{p['ClusterName']}|{p['AddonName']}", {'Arn': eks._addons[f"{p['ClusterName']}/{p['AddonName']}"]['addonArn']}


def ae_create(lid, p, stack):
    call(eks._create_access_entry, p['ClusterName'], {'principalArn': p['PrincipalArn'], 'type': p.get('Type', 'STANDARD'), 'kubernetesGroups': p.get('KubernetesGroups', []), 'tags': taglist(p)})
    for a in p.get('AccessPolicies') or []:
        call(eks._associate_access_policy, p['ClusterName'], p['PrincipalArn'], {'policyArn': a['PolicyArn'], 'accessScope': camel(a['AccessScope'])})
    return f"{p['PrincipalArn']}|{p['ClusterName']}", {'AccessEntryArn': eks._access_entries[eks._ae_key(p['ClusterName'], p['PrincipalArn'])]['accessEntryArn']}


def pia_create(lid, p, stack):
    x = call(eks._create_pod_identity_association, p['ClusterName'], {**camel({k: v for k, v in p.items() if k != 'Tags'}), 'tags': taglist(p)})
    aid = re.search(r'"associationId": ?"([^"]+)"', x).group(1)
    arn = re.search(r'"associationArn": ?"([^"]+)"', x).group(1)
    return arn, {'AssociationArn': arn, 'AssociationId': aid}


def addon_update(pid, old, new, stack, lid=None):
    if (old['ClusterName'], old['AddonName']) != (new['ClusterName'], new['AddonName']):
        return replaced(H['AWS::EKS::Addon'])['update'](pid, old, new, stack, lid)
    addon = eks._addons[f"{new['ClusterName']}/{new['AddonName']}"]
    for key in ('AddonVersion', 'ConfigurationValues', 'ServiceAccountRoleArn', 'PodIdentityAssociations'):
        if old.get(key) != new.get(key):
            addon[key[:1].lower() + key[1:]] = camel(new.get(key, ''))
    return pid, {'Arn': addon['addonArn']}


def ae_update(pid, old, new, stack, lid=None):
    if any(old.get(k) != new.get(k) for k in ('ClusterName', 'PrincipalArn', 'Type')):
        return replaced(H['AWS::EKS::AccessEntry'])['update'](pid, old, new, stack, lid)
    H['AWS::EKS::AccessEntry']['delete'](pid, old)
    return ae_create(lid, new, stack)


H['AWS::EKS::Addon'] = {'update': addon_update, 'update_with_logical_id': True, 'create': addon_create, 'delete': lambda pid, p: call(eks._delete_addon, p['ClusterName'], p['AddonName'])}
H['AWS::EKS::AccessEntry'] = {'update': ae_update, 'update_with_logical_id': True, 'create': ae_create, 'delete': lambda pid, p: call(eks._delete_access_entry, p['ClusterName'], p['PrincipalArn'])}
# AWS changes the role in place; one account can't have two of the same, so here the old one goes first
H['AWS::EKS::PodIdentityAssociation'] = {
    'create': pia_create, 'delete': lambda pid, p: call(eks._delete_pod_identity_association, p['ClusterName'], pid.rsplit('/', 1)[-1]),
    'update': lambda pid, old, new, stack, lid=None: (H['AWS::EKS::PodIdentityAssociation']['delete'](pid, old), pia_create(lid, new, stack))[1],
    'update_with_logical_id': True}

# ---------------------------------------------------------------- EKS: node repair, which MiniStack forgets
_n_create, _n_update = H['AWS::EKS::Nodegroup']['create'], H['AWS::EKS::Nodegroup']['update']


def node_repair(p, result):
    eks._nodegroups[f"{p['ClusterName']}/{result[0]}"]['nodeRepairConfig'] = camel(p.get('NodeRepairConfig') or {'Enabled': False})
    return result


# ---------------------------------------------------------------- EKS: what is refused in one update, and what is updated
with open(os.environ['UPDATE_RULES']) as f:
    RULES = json.load(f)
applied = {}


def changed(rtype, pid, old, new):
    """Properties that differ from what was applied last: a rollback sends what is there already."""
    old = applied.get((rtype, pid), old)
    names = {k for k in old.keys() | new.keys() if old.get(k) != new.get(k)}
    for rule in RULES['refused']:
        if rule['type'] == rtype and names & set(rule['one']) and names & set(rule['others']):
            raise Refused(f"{rule['message']} (InvalidRequest)")
    return names


def record(rtype, pid, names, new):
    applied[rtype, pid] = new
    if names:
        with open(os.environ['EKS_UPDATES'], 'a') as f:
            f.write(json.dumps({'region': get_region(), 'type': rtype, 'id': pid, 'fields': sorted(names)}) + '\n')


def nodegroup_update(pid, old, new, *a):
    names = changed('AWS::EKS::Nodegroup', pid, old, new)
    result = node_repair(new, _n_update(pid, old, new, *a))
    record('AWS::EKS::Nodegroup', result[0], names, new)
    return result


def minor(p):
    return tuple(int(n) for n in str(p.get('Version', '0.0')).split('.'))


def cluster_update(pid, old, new, *a):
    names = changed('AWS::EKS::Cluster', pid, old, new)
    was, now = minor(applied.get(('AWS::EKS::Cluster', pid), old)), minor(new)
    if was[0] != now[0] or not 0 <= now[1] - was[1] <= RULES['kubernetesStep']:
        raise Refused(f"Unsupported Kubernetes minor version update from {was[0]}.{was[1]} to {now[0]}.{now[1]} (InvalidParameterException)")
    result = _c_update(pid, old, new, *a)
    record('AWS::EKS::Cluster', result[0], names, new)
    return result


_c_update = H['AWS::EKS::Cluster']['update']
H['AWS::EKS::Cluster']['update'] = cluster_update
H['AWS::EKS::Nodegroup']['create'] = lambda lid, p, stack: node_repair(p, _n_create(lid, p, stack))
H['AWS::EKS::Nodegroup']['update'] = nodegroup_update

# ---------------------------------------------------------------- S3: bucket replication
def repl_xml(bucket, c):
    if s3._bucket_versioning.get(bucket) != 'Enabled' and 'Enabled' not in str(s3._bucket_versioning.get(bucket)):
        raise Refused('Versioning must be Enabled on the bucket to apply a replication configuration (InvalidRequest)')
    out = f"<Role>{escape(c['Role'])}</Role>"
    for r in c['Rules']:
        dest = r['Destination']['Bucket'].rsplit(':', 1)[-1]
        if s3._bucket_owner_account(dest) is None:
            raise Refused(f'Destination bucket {dest} must exist. (InvalidRequest)')
        f = r.get('Filter')
        out += ('<Rule>' + f"<ID>{escape(r.get('Id', 'rule'))}</ID><Status>{r['Status']}</Status>"
                + (f"<Priority>{r['Priority']}</Priority>" if 'Priority' in r else '')
                + (f"<Filter><Prefix>{escape(f.get('Prefix', ''))}</Prefix></Filter>" if f is not None else f"<Prefix>{escape(r.get('Prefix', ''))}</Prefix>")
                + (f"<DeleteMarkerReplication><Status>{r['DeleteMarkerReplication']['Status']}</Status></DeleteMarkerReplication>" if 'DeleteMarkerReplication' in r else '')
                + f"<Destination><Bucket>{r['Destination']['Bucket']}</Bucket></Destination></Rule>")
    return f'<ReplicationConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">{out}</ReplicationConfiguration>'.encode()


_b_create, _b_update = H['AWS::S3::Bucket']['create'], H['AWS::S3::Bucket']['update']


def repl(name, p):
    if p.get('ReplicationConfiguration'):
        r = s3._put_bucket_replication(name, repl_xml(name, p['ReplicationConfiguration']))
        if r and r[0] >= 400:
            raise Refused(str(r[2]))


def b_create(lid, p, stack):
    pid, attrs = _b_create(lid, p, stack)
    try:
        repl(pid, p)
    except Exception:
        H['AWS::S3::Bucket']['delete'](pid, p)
        raise
    return pid, attrs


def b_update(pid, old, new, *a):
    r = _b_update(pid, old, new, *a)
    repl(r[0], new)
    return r


H['AWS::S3::Bucket']['create'], H['AWS::S3::Bucket']['update'] = b_create, b_update

# ---------------------------------------------------------------- IAM: what the tokens of a cluster are known by
def oidc_create(lid, p, stack):
    clients = {f'ClientIDList.member.{i}': [c] for i, c in enumerate(p.get('ClientIdList') or [], 1)}
    arn = one(call(iam._create_oidc_provider, {'Url': [p['Url']], **clients}), 'OpenIDConnectProviderArn')
    return arn, {'Arn': arn}


H['AWS::IAM::OIDCProvider'] = replaced({'create': oidc_create, 'delete': lambda pid, p: call(iam._delete_oidc_provider, {'OpenIDConnectProviderArn': [pid]})})

# ---------------------------------------------------------------- EKS: a real API server behind each cluster
_c_create = H['AWS::EKS::Cluster']['create']


def cluster_create(lid, p, stack):
    sub = (p.get('ResourcesVpcConfig') or {}).get('SubnetIds') or []
    missing = [s for s in sub if s not in ec2._subnets]
    if missing:
        raise Refused(f"The subnet ID '{missing[0]}' does not exist (InvalidParameterException)")
    if len({ec2._subnets[s]['AvailabilityZone'] for s in sub}) < 2:
        raise Refused('Subnets specified must be in at least two different AZs (InvalidParameterException)')
    name, _ = _c_create(lid, p, stack)
    c = eks._clusters[name]
    c['resourcesVpcConfig']['vpcId'] = ec2._subnets[sub[0]]['VpcId']
    # MiniStack takes neither of these from a template, only from its API
    service_cidr = (p.get('KubernetesNetworkConfig') or {}).get('ServiceIpv4Cidr')
    if service_cidr:
        if net(service_cidr).overlaps(net(ec2._vpcs[c['resourcesVpcConfig']['vpcId']]['CidrBlock'])):
            raise Refused(f'The Kubernetes service IP address range {service_cidr} overlaps with the VPC (InvalidParameterException)')
        c['kubernetesNetworkConfig']['serviceIpv4Cidr'] = service_cidr
    c['encryptionConfig'] = camel(p.get('EncryptionConfig') or [])
    # EKS makes a group that nodes and pods share; MiniStack only invents its id
    group = one(call(ec2._create_security_group, {'GroupName': [f'eks-cluster-sg-{name}'], 'GroupDescription': ['EKS created security group'],
                                                  'VpcId': [c['resourcesVpcConfig']['vpcId']]}), 'groupId')
    ec2._security_groups[group]['IpPermissions'].append({'IpProtocol': '-1', 'IpRanges': [], 'Ipv6Ranges': [], 'PrefixListIds': [],
                                                         'UserIdGroupPairs': [{'GroupId': group, 'UserId': get_account_id()}]})
    c['resourcesVpcConfig']['clusterSecurityGroupId'] = group
    spec = os.environ.get('EKS_APISERVER_' + get_region().replace('-', '_'))
    if spec:
        c['endpoint'], ca = spec.split(',')
        with open(ca, 'rb') as f:
            c['certificateAuthority']['data'] = base64.b64encode(f.read()).decode()
    return name, pv._eks_cluster_attrs(c)


_c_delete = H['AWS::EKS::Cluster']['delete']


def cluster_delete(pid, p):
    group = eks._clusters.get(pid, {}).get('resourcesVpcConfig', {}).get('clusterSecurityGroupId')
    result = _c_delete(pid, p)
    if leftovers.leaves():
        leftovers.leave(group, p['ResourcesVpcConfig']['SubnetIds'][0])
    else:
        ec2._security_groups.pop(group, None)
    return result


H['AWS::EKS::Cluster']['create'], H['AWS::EKS::Cluster']['delete'] = cluster_create, cluster_delete


# ---------------------------------------------------------------- Lambda: a folder for each function
# The CDK's kubectl handler writes its kubeconfig and manifest into TEST_OUTDIR, else into
# the system's temporary folder, where the functions of two clusters would meet.
def popen(cmd, *, cwd, env, **k):
    out = os.path.join(os.path.dirname(cwd), 'out')
    os.makedirs(out, exist_ok=True)
    return subprocess.Popen(cmd, cwd=cwd, env={**env, 'TEST_OUTDIR': out, 'TMPDIR': out}, **k)


lambda_runtime.subprocess = types.SimpleNamespace(**{**vars(subprocess), 'Popen': popen})

if __name__ == '__main__':
    from ministack.app import main
    main()
