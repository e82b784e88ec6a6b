import { isJson, mappings, textOf } from '../calls/readings';

/**
 * What `GET /actuator/upgradeReadiness` says.
 *
 * @internal
 */
export interface UpgradeReadiness {
  readonly upgradeable: boolean;
  readonly parts: readonly MigrationPart[];
}

/**
 * A part of an upgrade that goes on after its brokers have restarted.
 *
 * @internal
 */
export interface MigrationPart {
  readonly physicalTenant: string;
  readonly name: string;
  readonly state: string;
  readonly detail: string;
}

/** @internal */
export function upgradeReadiness(value: unknown): UpgradeReadiness | undefined {
  if (!isJson(value) || typeof value.upgradeable !== 'boolean' || !isJson(value.physicalTenants)) return undefined;
  const parts = Object.entries(value.physicalTenants).flatMap(([physicalTenant, conditions]) =>
    Object.entries(isJson(conditions) ? conditions : {}).map(([name, condition]): MigrationPart => {
      const [{ state, detail } = {}] = mappings([condition]);
      return { physicalTenant, name, state: textOf(state), detail: textOf(detail) };
    }),
  );
  return { upgradeable: value.upgradeable, parts };
}
