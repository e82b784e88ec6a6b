/** The part of a jsii assembly that is read here. */
export interface Assembly {
  /** Name of the package. */
  readonly name: string;
  readonly types: Readonly<Record<string, AssemblyType>>;
}

interface AssemblyType {
  readonly name: string;
  readonly datatype?: boolean;
  readonly interfaces?: readonly string[];
  readonly properties?: readonly { readonly name: string }[];
  readonly initializer?: Callable;
  readonly methods?: readonly (Callable & { readonly name: string })[];
}

interface Callable {
  readonly parameters?: readonly { readonly name: string }[];
}

/**
 * Parameters whose names jsii had to make up, because the source destructures them. jsii says nothing of it, and the Java that
 * comes of it does not compile.
 */
export function invalidParameterNames({ types }: Assembly): string[] {
  return Object.values(types).flatMap(({ name, initializer, methods = [] }) =>
    [{ name: 'constructor', ...initializer }, ...methods].flatMap(callable =>
      (callable.parameters ?? [])
        .filter(parameter => !/^[a-z][A-Za-z0-9]*$/.test(parameter.name))
        .map(parameter => `${name}.${callable.name}, parameter ${parameter.name}`),
    ),
  );
}

/** A type of settings that has those of another one. */
export interface Heir {
  /** Id of the other one. */
  readonly base: string;
  /** Names of what it has itself. */
  readonly own: readonly string[];
}

/** Types of settings that extend one other type of the same assembly, by their ids. */
export function heirsIn({ types }: Assembly): Map<string, Heir> {
  return new Map(
    Object.entries(types).flatMap(([id, { datatype, interfaces = [], properties = [] }]): [string, Heir][] =>
      datatype && interfaces.length === 1 && interfaces[0] in types
        ? [[id, { base: interfaces[0], own: properties.map(({ name }) => name) }]]
        : [],
    ),
  );
}
