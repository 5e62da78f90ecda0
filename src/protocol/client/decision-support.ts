import { badMetadata, findText, isObject } from './metadata-value.js';

/** Kinds of decision support intervention. @see 45 CFR 170.315(b)(11) */
export const DSI_TYPES = ['none', 'evidence', 'predictive'] as const;
export type DsiType = (typeof DSI_TYPES)[number];

/** One answer about how the intervention was made. */
export interface DsiSourceAttribute {
  /** `option_id` of the EHR's list of questions; at most 100 characters. */
  readonly name: string;
  readonly value: string;
}

/** Whether a client advises clinicians, and what it says about its sources. */
export interface DecisionSupport {
  readonly dsiType: DsiType;
  readonly dsiSourceAttributes: DsiSourceAttribute[];
}

const LONGEST_NAME = 100;
const LONGEST_VALUE = 10_000;
const MOST_ATTRIBUTES = 100;

/**
 * Checks what a client says about decision support: members of the EHR, not of a standard.
 * @param sent members dsi_type and dsi_source_attributes
 * @returns type `none` when nothing is said
 * @throws OAuthError invalid_client_metadata
 */
export function checkDecisionSupport(sent: { readonly dsi_type?: unknown; readonly dsi_source_attributes?: unknown }): DecisionSupport {
  return { dsiType: checkDsiType(sent.dsi_type), dsiSourceAttributes: checkAttributes(sent.dsi_source_attributes) };
}

function checkDsiType(value: unknown): DsiType {
  const text = findText(value, 'dsi_type', 20) ?? 'none';
  const type = DSI_TYPES.find((known) => known === text);
  if (type === undefined) throw badMetadata(`dsi_type must be one of ${DSI_TYPES.join(', ')}`);
  return type;
}

function checkAttributes(value: unknown): DsiSourceAttribute[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw badMetadata('dsi_source_attributes must be a list');
  if (value.length > MOST_ATTRIBUTES) throw badMetadata(`dsi_source_attributes has more than ${MOST_ATTRIBUTES} entries`);
  const attributes = (value as readonly unknown[]).map((entry, index) => checkAttribute(entry, `dsi_source_attributes[${index}]`));
  if (new Set(attributes.map((attribute) => attribute.name.toLowerCase())).size < attributes.length) {
    throw badMetadata('dsi_source_attributes names an attribute twice'); // unique in the EHR's table dsi_source_attributes, in any case
  }
  return attributes;
}

function checkAttribute(entry: unknown, name: string): DsiSourceAttribute {
  if (!isObject(entry)) throw badMetadata(`${name} must be an object with the members name and value`);
  const attributeName = findText(entry.name, `${name}.name`, LONGEST_NAME);
  if (attributeName === null) throw badMetadata(`${name}.name is required`);
  return { name: attributeName, value: checkParagraphs(entry.value, `${name}.value`) };
}

/** A text which may have lines and tabs, empty when absent. */
function checkParagraphs(value: unknown, name: string): string {
  if (typeof value !== 'string') return findText(value, name, LONGEST_VALUE) ?? '';
  findText(value.replaceAll(/[\r\n\t]/g, ' '), name, LONGEST_VALUE);
  return value;
}
