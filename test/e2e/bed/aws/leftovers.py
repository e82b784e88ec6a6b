"""What EKS leaves in a network now and then: part of emulator.py.

EKS_LEFTOVERS=FILE names AWS regions, one a line. The next cluster that is deleted in one of them leaves the group that EKS made for
it, and the interface of a node in a private subnet, once: its line goes. Such things hold up what they are in, as in AWS.
"""
import fnmatch
import os

from ministack.core.responses import get_region
from ministack.services import ec2
from ministack.services.cloudformation import provisioners as pv

H = pv._RESOURCE_HANDLERS
VIOLATION = 'has dependencies and cannot be deleted. (DependencyViolation)'


def leaves():
    """Whether the cluster that is deleted now leaves something. True once for each line."""
    path = os.environ['EKS_LEFTOVERS']
    if not os.path.exists(path):
        return False
    with open(path) as f:
        regions = f.read().split()
    if get_region() not in regions:
        return False
    regions.remove(get_region())
    with open(path, 'w') as f:
        f.write('\n'.join(regions))
    return True


def leave(group, subnet):
    ec2._create_network_interface({'SubnetId': [subnet], 'Description': ['aws-K8S-i-0123456789abcdef0'], 'SecurityGroupId.1': [group]})


_subnet_delete = H['AWS::EC2::Subnet']['delete']


def subnet_delete(pid, p):
    if any(eni['SubnetId'] == pid for eni in ec2._network_interfaces.values()):
        raise ValueError(f"The subnet '{pid}' {VIOLATION}")
    return _subnet_delete(pid, p)


_group_delete = ec2._ACTION_MAP['DeleteSecurityGroup']


def group_delete(p):
    group = ec2._p(p, 'GroupId')
    if any(group == g['GroupId'] for eni in ec2._network_interfaces.values() for g in eni['Groups']):
        return ec2._error('DependencyViolation', f'resource {group} has a dependent object', 400)
    return _group_delete(p)


# Filters that MiniStack does not read: wildcards, and any of interfaces.
_interfaces_describe = ec2._ACTION_MAP['DescribeNetworkInterfaces']
_groups_describe = ec2._ACTION_MAP['DescribeSecurityGroups']


def interfaces_describe(p):
    wanted = ec2._parse_filters(p).get('vpc-id')
    if not wanted:
        return _interfaces_describe(p)
    found = [i for i, eni in ec2._network_interfaces.items() if eni['VpcId'] in wanted] or ['none']
    return _interfaces_describe({f'NetworkInterfaceId.{n}': [i] for n, i in enumerate(found, 1)})


def groups_describe(p):
    patterns = ec2._parse_filters(p).get('group-name')
    if not patterns:
        return _groups_describe(p)
    names = {group['GroupName'] for group in ec2._security_groups.values()}
    found = [name for name in names if any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)] or ['none']
    others = {name: values for name, values in ec2._parse_filters(p).items() if name != 'group-name'}
    given = {}
    for n, (name, values) in enumerate({**others, 'group-name': found}.items(), 1):
        given |= {f'Filter.{n}.Name': [name], **{f'Filter.{n}.Value.{m}': [v] for m, v in enumerate(values, 1)}}
    return _groups_describe({**{k: v for k, v in p.items() if not k.startswith('Filter.')}, **given})


H['AWS::EC2::Subnet']['delete'] = subnet_delete
ec2._ACTION_MAP |= {'DeleteSecurityGroup': group_delete, 'DescribeNetworkInterfaces': interfaces_describe, 'DescribeSecurityGroups': groups_describe}
