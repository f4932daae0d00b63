import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  customerLimits,
  errorCodes,
  usualVerificationDays,
  type CreateFieldBody,
  type CustomerField,
  type CustomerRules,
  type EditFieldBody,
  type FieldKind,
} from '#libs/contracts/index.js';
import { Transactions, type Tx } from '#libs/platform/database/index.js';
import { conflict, invalid, notFound } from '#libs/platform/telemetry/index.js';
import type { Author } from '../threads/posting.js';
import { CatalogueNews } from './catalogue-news.js';
import { isTaken } from './taken.js';

interface FieldRow {
  id: string;
  account_id: string;
  key: string;
  label: string;
  kind: FieldKind;
  choices: string[];
  position: number;
  active: boolean;
}

/** What an account keeps of its customers, by its own definition, and how long their 本人確認 holds. */
@Injectable()
export class CustomerFields {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly news: CatalogueNews,
  ) {}

  async list(accountIds: readonly string[], tx?: Tx): Promise<CustomerField[]> {
    const rows = await (tx ?? this.dataSource).query<FieldRow[] & FieldRow>(
      'select * from customer_fields where account_id = any($1::bigint[]) order by account_id, position, id',
      [accountIds as string[]],
    );
    return rows.map(toView);
  }

  create(author: Author, body: CreateFieldBody): Promise<CustomerField> {
    if (!author.accountIds.includes(body.accountId)) throw notFound('The account');
    const choices = choicesOf(body.kind, body.choices);
    return this.transactions.run(async (tx) => {
      const known = await this.list([body.accountId], tx);
      if (known.filter(({ active }) => active).length >= customerLimits.fields) {
        const limit = customerLimits.fields;
        throw invalid([{ field: 'key', rule: 'tooMany', message: `${limit} attributes are allowed.`, limit }]);
      }
      const [made] = await tx
        .query<FieldRow>(
          `insert into customer_fields (account_id, key, label, kind, choices, position)
           select $1, $2, $3, $4, $5, coalesce(max(position) + 1, 0) from customer_fields where account_id = $1 returning *`,
          [body.accountId, body.key, body.label.trim(), body.kind, choices],
        )
        .catch((fault: unknown) => {
          if (isTaken(fault)) throw conflict(errorCodes.conflict, 'The account has an attribute with this key.');
          throw fault;
        });
      this.news.changed(tx, body.accountId);
      return toView(made!);
    });
  }

  edit(author: Author, id: string, body: EditFieldBody): Promise<CustomerField> {
    return this.transactions.run(async (tx) => {
      const [known] = await tx.query<FieldRow>(
        'select * from customer_fields where id = $1 and account_id = any($2::bigint[]) for update',
        [id, author.accountIds],
      );
      if (!known) throw notFound('The attribute');
      const choices = body.choices === undefined ? known.choices : choicesOf(known.kind, body.choices);
      const [row] = await tx.query<FieldRow>(
        `update customer_fields set label = coalesce($2, label), choices = $3, position = coalesce($4, position),
           active = coalesce($5, active) where id = $1 returning *`,
        [id, body.label?.trim(), choices, body.position, body.active],
      );
      this.news.changed(tx, known.account_id);
      return toView(row!);
    });
  }

  async rules(author: Author): Promise<CustomerRules[]> {
    const rows = await this.dataSource.query<{ id: string; days: number | null }[]>(
      `select a.id, r.verification_days as days from accounts a left join customer_rules r on r.account_id = a.id
       where a.id = any($1::bigint[]) order by a.id`,
      [author.accountIds],
    );
    return rows.map(({ id, days }) => ({ accountId: id, verificationDays: days ?? usualVerificationDays }));
  }

  setRules(author: Author, accountId: string, days: number): Promise<CustomerRules> {
    if (!author.accountIds.includes(accountId)) throw notFound('The account');
    return this.transactions.run(async (tx) => {
      await tx.query(
        `insert into customer_rules (account_id, verification_days) values ($1, $2)
         on conflict (account_id) do update set verification_days = excluded.verification_days`,
        [accountId, days],
      );
      this.news.changed(tx, accountId);
      return { accountId, verificationDays: days };
    });
  }

  async verificationDays(tx: Tx, accountId: string): Promise<number> {
    const [row] = await tx.query<{ days: number }>(
      'select verification_days as days from customer_rules where account_id = $1',
      [accountId],
    );
    return row?.days ?? usualVerificationDays;
  }
}

/** Each once, none empty; only a choice has any, and it has two at least. */
function choicesOf(kind: FieldKind, written: readonly string[] = []): string[] {
  const choices = [...new Set(written.map((choice) => choice.trim()).filter((choice) => choice !== ''))];
  if (kind !== 'choice') {
    if (choices.length === 0) return [];
    throw invalid([{ field: 'choices', rule: 'notAChoice', message: 'Only the kind choice has choices.' }]);
  }
  if (choices.length >= 2) return choices;
  throw invalid([{ field: 'choices', rule: 'tooFew', message: 'A choice needs two choices at least.', limit: 2 }]);
}

function toView({ id, account_id, key, label, kind, choices, position, active }: FieldRow): CustomerField {
  return { id, accountId: account_id, key, label, kind, choices, position, active };
}
