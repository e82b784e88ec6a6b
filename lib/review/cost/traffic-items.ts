import { HOURS_A_MONTH, WORLDWIDE_PRICES } from '../prices';
import { listOf, type TemplateProperties, type Templates } from '../template';
import type { CostItem } from './cost-item';

type Item = Omit<CostItem, 'regionId'>;

const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';

/**
 * What leads users to Camunda, as far as it costs the same in every region.
 *
 * @internal
 */
export function trafficItems(templates: Templates, awsRegion: string): Item[] {
  const properties = (type: string): TemplateProperties[] => templates.resources(awsRegion, type).map(resource => resource.properties);
  const checks = properties('AWS::Route53::HealthCheck').map(({ HealthCheckConfig }) => JSON.stringify(HealthCheckConfig ?? {}));
  const asking = checks.filter(config => config.includes('"Type":"HTTPS"')).length;
  const firewalls = properties('AWS::WAFv2::WebACL');
  const { healthCheckMonth, healthCheckFeatureMonth, firewallMonth, firewallRuleMonth, alarmMonth } = WORLDWIDE_PRICES;
  return [
    {
      what: 'health checks over HTTPS, every 10 s',
      quantity: asking,
      unit: ['check', 'checks'],
      unitMonth: healthCheckMonth + 2 * healthCheckFeatureMonth,
    },
    { what: 'other health checks', quantity: checks.length - asking, unit: ['check', 'checks'], unitMonth: healthCheckMonth },
    { what: 'AWS WAF, without requests', quantity: firewalls.length, unit: ['list of rules', 'lists of rules'], unitMonth: firewallMonth },
    {
      what: 'rules of AWS WAF',
      quantity: firewalls.flatMap(({ Rules }) => listOf(Rules)).length,
      unit: ['rule', 'rules'],
      unitMonth: firewallRuleMonth,
    },
    { what: 'alarms', quantity: properties('AWS::CloudWatch::Alarm').length, unit: ['alarm', 'alarms'], unitMonth: alarmMonth },
  ];
}

/**
 * Load balancers of a type.
 *
 * @internal
 */
export function loadBalancersOf(templates: Templates, awsRegion: string, type: 'application' | 'network'): number {
  return templates.resources(awsRegion, LOAD_BALANCER).filter(({ properties }) => properties.Type === type).length;
}

/**
 * Addresses that AWS gives public load balancers by itself, one in each zone.
 *
 * @internal
 */
export function givenAddresses(templates: Templates, awsRegion: string): number {
  return templates
    .resources(awsRegion, LOAD_BALANCER)
    .filter(({ properties }) => properties.Type === 'application' && properties.Scheme === 'internet-facing')
    .flatMap(({ properties }) => listOf(properties.Subnets)).length;
}

/**
 * An hourly price for a month.
 *
 * @internal
 */
export function hourly(price: number | undefined): number | undefined {
  return price && price * HOURS_A_MONTH;
}
