import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  IsUrl,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import {
  contactLimits,
  locationLimits,
  mentionLimits,
  stickers,
  suggestionLimits,
  undoLimits,
  type AssignBody,
  type ListOrder,
  type PostContent,
  type PostNoteBody,
  type ReadBody,
  type SearchState,
  type StartConversationBody,
  type Sticker,
  type Suggestion,
  type View,
  type WrapUpBody,
} from '#libs/contracts/index.js';
import { MentionDto } from './drafts/drafts.dto.js';
import { ANY_TEXT, storable, storableMessage } from './threads/text-rules.js';

const id = /^[1-9]\d{0,17}$/;
const given = (_: object, value: unknown): boolean => value !== undefined;
const present = (_: object, value: unknown): boolean => value !== undefined && value !== null;

export class SuggestionDto {
  @IsIn(['reply', 'url', 'dial'])
  kind!: 'reply';

  @IsString()
  @Length(1, suggestionLimits.label)
  label!: string;

  @IsString()
  @Length(1, suggestionLimits.payload)
  payload!: string;

  @ValidateIf((suggestion: { kind: string }) => suggestion.kind === 'url')
  @IsUrl({ require_protocol: true, protocols: ['https', 'http'] })
  @MaxLength(suggestionLimits.url)
  url?: string;

  @ValidateIf((suggestion: { kind: string }) => suggestion.kind === 'dial')
  @Matches(/^\+[1-9]\d{6,14}$/, { message: '$property must be a number in E.164' })
  phone?: string;
}

/** Words with their buttons, as a canned response keeps them. */
export class TextContentDto {
  @IsIn(['text'])
  type!: 'text';

  @IsString()
  @MaxLength(ANY_TEXT)
  @Matches(storable, storableMessage)
  text!: string;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(suggestionLimits.count)
  @ValidateNested({ each: true })
  @Type(() => SuggestionDto)
  suggestions?: Suggestion[];
}

const says =
  (type: PostContent['type']) =>
  (content: { type?: unknown }): boolean =>
    content.type === type;
const saysAndGiven = (type: PostContent['type']) => (content: { type?: unknown }, value: unknown) =>
  content.type === type && value !== undefined && value !== null;

/** One class for all of them: which members are asked for hangs on `type`. */
export class PostContentDto {
  @IsIn(['text', 'media', 'location', 'sticker'])
  type!: PostContent['type'];

  @ValidateIf(says('text'))
  @IsString()
  @MaxLength(ANY_TEXT)
  @Matches(storable, storableMessage)
  text?: string;

  @ValidateIf(saysAndGiven('text'))
  @IsArray()
  @ArrayMaxSize(suggestionLimits.count)
  @ValidateNested({ each: true })
  @Type(() => SuggestionDto)
  suggestions?: Suggestion[];

  @ValidateIf(says('media'))
  @IsUUID()
  uploadId?: string;

  @ValidateIf(says('location'))
  @IsNumber()
  @Min(-90)
  @Max(90)
  latitude?: number;

  @ValidateIf(says('location'))
  @IsNumber()
  @Min(-180)
  @Max(180)
  longitude?: number;

  @ValidateIf(saysAndGiven('location'))
  @IsString()
  @MaxLength(locationLimits.label)
  @Matches(storable, storableMessage)
  label?: string;

  @ValidateIf(says('sticker'))
  @IsIn([...stickers])
  sticker?: Sticker;
}

/** What was checked, and nothing beside it. */
export function postContent(checked: PostContentDto): PostContent {
  switch (checked.type) {
    case 'text':
      return {
        type: 'text',
        text: checked.text!,
        ...(checked.suggestions?.length ? { suggestions: checked.suggestions } : {}),
      };
    case 'media':
      return { type: 'media', uploadId: checked.uploadId! };
    case 'location': {
      const { latitude, longitude, label } = checked;
      return { type: 'location', latitude: latitude!, longitude: longitude!, ...(label ? { label } : {}) };
    }
    case 'sticker':
      return { type: 'sticker', sticker: checked.sticker! };
  }
}

/** `postContent` makes a `PostMessageBody`'s content of what stands here. */
export class PostMessageDto {
  @IsUUID()
  clientId!: string;

  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => PostContentDto)
  content!: PostContentDto;

  @ValidateIf(given)
  @IsInt()
  @Min(0)
  @Max(2_147_483_647)
  answering?: number;

  @ValidateIf(given)
  @IsBoolean()
  anyway?: boolean;

  @ValidateIf(given)
  @IsInt()
  @Min(0)
  @Max(undoLimits.most)
  undoSeconds?: number;
}

export class PostNoteDto implements PostNoteBody {
  @IsUUID()
  clientId!: string;

  @IsString()
  @MaxLength(ANY_TEXT)
  @Matches(storable, storableMessage)
  text!: string;

  @ValidateIf(given)
  @IsArray()
  @ArrayMaxSize(mentionLimits.count)
  @ValidateNested({ each: true })
  @Type(() => MentionDto)
  mentions?: MentionDto[];
}

export class ReadDto implements ReadBody {
  @IsInt()
  @Min(0)
  @Max(2_147_483_647)
  upTo!: number;
}

export class AssignDto implements AssignBody {
  @ValidateIf((body: AssignBody) => body.agentId !== null)
  @Matches(/^(me|[1-9]\d{0,17})$/, { message: '$property must be an id, "me" or null' })
  agentId!: string | null;

  @ValidateIf(given)
  @IsBoolean()
  override?: boolean;
}

/** What is said at the end of a contact. */
export class WrapUpDto implements WrapUpBody {
  @ValidateIf(present)
  @IsString()
  @Length(1, 60)
  dispositionId?: string | null;

  @ValidateIf(given)
  @IsString()
  @MaxLength(contactLimits.wrapUpNote)
  @Matches(storable, storableMessage)
  note?: string;
}

export class StartConversationDto implements StartConversationBody {
  @Matches(id, { message: '$property must be an id' })
  accountId!: string;

  @IsString()
  @Length(1, 60)
  phone!: string;

  @ValidateIf(present)
  @IsString()
  @Length(1, 100)
  @Matches(storable, storableMessage)
  name?: string;
}

export class ListQueryDto {
  @IsOptional()
  @IsIn(['mine', 'unassigned', 'queue', 'bot', 'all'])
  view: View = 'all';

  @IsOptional()
  @IsIn(['waiting', 'newest'])
  order: ListOrder = 'waiting';

  @IsOptional()
  @IsString()
  @MaxLength(60)
  cursor?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit = 50;

  @IsOptional()
  @Matches(id, { message: '$property must be an id' })
  account?: string;

  /** The filters that follow are those of the view `all`: open contacts of a queue. */
  @IsOptional()
  @Matches(id, { message: '$property must be an id' })
  queue?: string;

  /** Open contacts of this agent; `me`, or `none` for what nobody has. */
  @IsOptional()
  @Matches(/^(me|none|[1-9]\d{0,17})$/, { message: '$property must be an id, "me" or "none"' })
  agent?: string;

  /** Only where the customer waits for an answer. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  unanswered?: boolean;

  @IsOptional()
  @Matches(id, { message: '$property must be an id' })
  label?: string;

  @IsOptional()
  @IsIn(['open', 'closed'])
  state?: SearchState;
}

export class CountsQueryDto {
  @IsOptional()
  @Matches(id, { message: '$property must be an id' })
  account?: string;
}

export class ChangesQueryDto {
  @IsString()
  @MaxLength(20)
  since!: string;

  /** Ids that the list holds, separated by commas. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' && value !== '' ? value.split(',') : []))
  @ArrayMaxSize(2000)
  @Matches(id, { each: true, message: 'each value in $property must be an id' })
  known: string[] = [];
}

export class PageQueryDto {
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(2_147_483_647)
  before?: number;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(2_147_483_647)
  after?: number;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(2_147_483_647)
  changedAfter?: number;

  /** A message's id: what stands on both sides of it. */
  @IsOptional()
  @Matches(id, { message: '$property must be an id' })
  around?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit = 50;
}
