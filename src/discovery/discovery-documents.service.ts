import { Injectable } from '@nestjs/common';
import type { Globals } from '../platform/ehr/global-settings.js';
import { PublicDocument } from '../platform/web/public-document.js';
import { authorizationServerMetadata } from '../protocol/metadata/authorization-server-metadata.js';
import { openidConfiguration } from '../protocol/metadata/openid-configuration.js';
import type { ServerFacts } from '../protocol/metadata/server-facts.js';
import { smartConfiguration } from '../protocol/metadata/smart-configuration.js';
import { ServerFactsService } from './server-facts.service.js';

/** The published documents. */
export interface DiscoveryDocuments {
  readonly openid: PublicDocument;
  readonly oauth: PublicDocument;
  readonly smart: PublicDocument;
}

/** Writes the documents once for each state of the facts. */
@Injectable()
export class DiscoveryDocumentsService {
  private readonly kept = new WeakMap<Globals, DiscoveryDocuments>();
  private readonly written = new WeakMap<ServerFacts, DiscoveryDocuments>();

  constructor(private readonly facts: ServerFactsService) {}

  /** The documents of this moment. */
  async read(): Promise<DiscoveryDocuments> {
    return this.of(await this.facts.read());
  }

  /** The documents under settings of the EHR. */
  under(globals: Globals): DiscoveryDocuments {
    const known = this.kept.get(globals) ?? this.of(this.facts.under(globals));
    this.kept.set(globals, known);
    return known;
  }

  private of(facts: ServerFacts): DiscoveryDocuments {
    const known = this.written.get(facts);
    if (known) return known;
    const documents = {
      openid: new PublicDocument(openidConfiguration(facts)),
      oauth: new PublicDocument(authorizationServerMetadata(facts)),
      smart: new PublicDocument(smartConfiguration(facts)),
    };
    this.written.set(facts, documents);
    return documents;
  }
}
