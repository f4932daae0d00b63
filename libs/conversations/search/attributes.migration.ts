import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Customers are found by what an account keeps of them, too: whoever has such a value is taken in anew. */
export class SearchAttributes1764400025001 implements MigrationInterface {
  name = 'SearchAttributes1764400025001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create function customer_values_search_anew() returns trigger language plpgsql as $$
       begin
         insert into customer_search_due
           select id from customers where id = coalesce(new.customer_id, old.customer_id)
             or merged_into = coalesce(new.customer_id, old.customer_id)
           on conflict do nothing;
         return null;
       end $$`,
    );
    await runner.query(
      `create trigger customer_values_search_anew after insert or update or delete on customer_values
         for each row execute function customer_values_search_anew()`,
    );
    await runner.query(
      `insert into customer_search_due
         select distinct c.id from customer_values v join customers c on v.customer_id in (c.id, c.merged_into)
         on conflict do nothing`,
    );
  }

  async down(): Promise<void> {
    throw new Error('forward only');
  }
}
