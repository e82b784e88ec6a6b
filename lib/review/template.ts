/** Any value in a CloudFormation template. */
export type TemplateValue = string | number | boolean | null | readonly TemplateValue[] | { readonly [key: string]: TemplateValue };

/** The parts of a CloudFormation template that a review looks at. */
export interface CloudFormationTemplate {
  readonly Resources?: { readonly [logicalId: string]: TemplateResource };
  readonly Outputs?: { readonly [name: string]: { readonly Value: TemplateValue } };
}

/** A resource as it stands in a template. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: TemplateProperties;
  readonly DependsOn?: TemplateValue;
}

/** The properties of a resource. */
export interface TemplateProperties {
  readonly [name: string]: TemplateValue;
}

/** A template with the place that it is deployed to. */
export interface StackTemplate {
  readonly stackName: string;
  readonly awsRegion: string;
  readonly template: CloudFormationTemplate;
  /** Names of the stacks that are deployed before it. */
  readonly dependencies?: readonly string[];
}

/** A resource with the stack that it belongs to. */
export interface StackResource {
  /** `stack/logical id`, the same text that a reference to the resource resolves to. */
  readonly name: string;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: TemplateProperties;
  readonly stack: StackTemplate;
}

/** Attributes that have the same value as a `Ref` to their resource. */
const ID_ATTRIBUTES = ['GroupId', 'VpcId', 'SubnetId', 'RouteTableId', 'LaunchTemplateId', 'Id'];

/** A set of stacks, and the references inside and between them. */
export class Templates {
  private readonly all: readonly StackResource[];

  public constructor(private readonly stacks: readonly StackTemplate[]) {
    this.all = stacks.flatMap(stack =>
      Object.entries(stack.template.Resources ?? {}).map(([logicalId, { Type, Properties }]) => ({
        name: `${stack.stackName}/${logicalId}`,
        logicalId,
        type: Type,
        properties: Properties ?? {},
        stack,
      })),
    );
  }

  /** Resources of some types, in the order of the templates: of all regions or of one, and of all types if none is named. */
  public resources(awsRegion: string | undefined, ...types: readonly string[]): StackResource[] {
    return this.all.filter(
      ({ type, stack }) => (awsRegion === undefined || stack.awsRegion === awsRegion) && (types.length === 0 || types.includes(type)),
    );
  }

  /**
   * What a value stands for: itself if it is text, else the name of the resource that it refers to, followed by the
   * attribute if that is not just the resource's id. Undefined if that is decided elsewhere or only at deployment.
   */
  public identify(value: TemplateValue | undefined, stack: StackTemplate): string | undefined {
    if (typeof value === 'string') return value;
    if (!isObject(value)) return undefined;
    if (typeof value.Ref === 'string') return this.identifyRef(value.Ref, stack);
    if ('Fn::GetAtt' in value) return this.identifyAttribute(value['Fn::GetAtt'], stack);
    if ('Fn::GetStackOutput' in value) return this.identifyOutput(value['Fn::GetStackOutput'], stack);
    return undefined;
  }

  /** Like `identify`, for each value of a list. What cannot be identified is left out. */
  public identifyAll(values: TemplateValue | undefined, stack: StackTemplate): string[] {
    return listOf(values).flatMap(value => this.identify(value, stack) ?? []);
  }

  /** A range of addresses, as text. Undefined if the templates do not tell it. */
  public rangeText(value: TemplateValue | undefined, stack: StackTemplate): string | undefined {
    const identity = this.identify(value, stack);
    const [, vpc] = /^(.+)\.CidrBlock$/.exec(identity ?? '') ?? [];
    if (vpc === undefined) return identity;
    const block = this.resources(stack.awsRegion, 'AWS::EC2::VPC').find(({ name }) => name === vpc)?.properties.CidrBlock;
    return typeof block === 'string' ? block : undefined;
  }

  private identifyRef(target: string, stack: StackTemplate): string | undefined {
    if (target === 'AWS::Region') return stack.awsRegion;
    return stack.template.Resources?.[target] ? `${stack.stackName}/${target}` : undefined;
  }

  private identifyAttribute(target: TemplateValue, stack: StackTemplate): string | undefined {
    const [logicalId, ...rest] = typeof target === 'string' ? target.split('.') : listOf(target).map(String);
    const attribute = rest.join('.');
    const resource = this.identifyRef(logicalId, stack);
    return resource === undefined || ID_ATTRIBUTES.includes(attribute) ? resource : `${resource}.${attribute}`;
  }

  private identifyOutput(target: TemplateValue, stack: StackTemplate): string | undefined {
    if (!isObject(target)) return undefined;
    const awsRegion = target.Region ?? stack.awsRegion;
    const producer = this.stacks.find(candidate => candidate.stackName === target.StackName && candidate.awsRegion === awsRegion);
    return producer && this.identify(producer.template.Outputs?.[textOf(target.OutputName)]?.Value, producer);
  }
}

/** A value as text: JSON, unless it is simple. */
export function textOf(value: TemplateValue | undefined): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** Whether a value has named parts. */
export function isObject(value: TemplateValue | undefined): value is { readonly [key: string]: TemplateValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The entries of a list, none if the value is something else. */
export function listOf(value: TemplateValue | undefined): readonly TemplateValue[] {
  return Array.isArray(value) ? (value as readonly TemplateValue[]) : [];
}

/** The entries of a list that have named parts. */
export function objectsOf(value: TemplateValue | undefined): { readonly [key: string]: TemplateValue }[] {
  return listOf(value).filter(isObject);
}
