import type { Schema } from '#libs/platform/database/index.js';
import { BotContacts1764400021000 } from './contacts/bot-contacts.migration.js';
import { Canned1764400011000 } from './canned/canned.migration.js';
import { ContactStates1764200004000 } from './contacts/contact-states.migration.js';
import { Conversations1764000004000 } from './conversations.migration.js';
import { SearchAttributes1764400025001 } from './search/attributes.migration.js';
import { Finding1764400014000 } from './search/finding.migration.js';
import { ListChanges1764100004000 } from './lists/list-changes.migration.js';
import { Customer } from './customers/customer.entity.js';
import { SavedViews1764400014001 } from './views/saved-views.migration.js';
import { Customers1764400015000 } from './customers/customers.migration.js';
import { Attachment } from './media/attachment.entity.js';
import { Upload } from './media/upload.entity.js';
import { Media1764400012000 } from './media/media.migration.js';
import { TeamView1764300004000 } from './contacts/team-view.migration.js';
import { Writing1764400013000 } from './drafts/writing.migration.js';

export const conversationsSchema: Schema = {
  entities: [Customer, Attachment, Upload],
  migrations: [
    Conversations1764000004000,
    ListChanges1764100004000,
    ContactStates1764200004000,
    TeamView1764300004000,
    Canned1764400011000,
    Media1764400012000,
    Writing1764400013000,
    Finding1764400014000,
    SavedViews1764400014001,
    Customers1764400015000,
    BotContacts1764400021000,
    SearchAttributes1764400025001,
  ],
};
