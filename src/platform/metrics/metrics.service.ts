import { Injectable } from '@nestjs/common';
import {
  collectDefaultMetrics,
  Counter,
  type CounterConfiguration,
  Gauge,
  type GaugeConfiguration,
  Histogram,
  type HistogramConfiguration,
  Registry,
} from 'prom-client';

/**
 * What this process counts, for Prometheus. Each part makes its own metrics here, named `chartkey_*`; labels have few values, none of
 * them secret.
 */
@Injectable()
export class Metrics {
  /** Of this process alone: replicas are added up by whoever collects them. */
  readonly registry = new Registry();
  private watchesProcess = false;

  /** Makes a counter; its name ends with `_total`. */
  counter<Label extends string>(configuration: Omit<CounterConfiguration<Label>, 'registers'>): Counter<Label> {
    return new Counter({ ...configuration, registers: [this.registry] });
  }

  /** Makes a histogram; its name ends with its unit. */
  histogram<Label extends string>(configuration: Omit<HistogramConfiguration<Label>, 'registers'>): Histogram<Label> {
    return new Histogram({ ...configuration, registers: [this.registry] });
  }

  /** Makes a gauge. Its `collect` is called whenever somebody reads the metrics. */
  gauge<Label extends string>(configuration: Omit<GaugeConfiguration<Label>, 'registers'>): Gauge<Label> {
    return new Gauge({ ...configuration, registers: [this.registry] });
  }

  /** Media type of the text, with its version. */
  get contentType(): string {
    return this.registry.contentType;
  }

  /** Everything in the text format of Prometheus. The process is watched from the first call on: a server that nobody asks spends nothing. */
  text(): Promise<string> {
    if (!this.watchesProcess) collectDefaultMetrics({ register: this.registry });
    this.watchesProcess = true;
    return this.registry.metrics();
  }
}
