import { Injectable } from '@nestjs/common';
import type { Wire } from '#libs/contracts/index.js';
import type { CarrierDriver } from './carrier-driver.js';
import { MaapDriver } from './maap/maap.driver.js';

/** Every wire that we speak; a new one is one more entry here. */
@Injectable()
export class Drivers {
  private readonly byWire: ReadonlyMap<Wire, CarrierDriver>;

  constructor(maap: MaapDriver) {
    this.byWire = new Map<Wire, CarrierDriver>([maap].map((driver) => [driver.wire, driver]));
  }

  of(wire: Wire): CarrierDriver | null {
    return this.byWire.get(wire) ?? null;
  }
}
