import { Body, Controller, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { errorCodes, type BotToken } from '#libs/contracts/index.js';
import { IdPipe, Public, Requires } from '#libs/platform/access/index.js';
import { AppError, notFound } from '#libs/platform/telemetry/index.js';
import { checkedAnswer } from '../answer-check.js';
import { AwaitedAnswers } from './awaited-answers.js';
import { BotTokens } from './bot-tokens.js';
import { ANSWER_BYTES } from './http-bot.js';

@ApiTags('bots')
@Controller('bots')
export class BotDoorController {
  constructor(
    private readonly tokens: BotTokens,
    private readonly awaited: AwaitedAnswers,
  ) {}

  @Post(':id/token')
  @HttpCode(200)
  @Requires('bot.manage')
  @ApiOperation({ summary: 'A new token in the place of the old one, for a bot that answers later; shown this once' })
  token(@Param('id', IdPipe) id: string): Promise<BotToken> {
    return this.tokens.make(id);
  }

  @Post('turns/:turnId/answer')
  @HttpCode(202)
  @Public()
  @ApiOperation({
    summary: 'A bot’s own answer, with its token as Bearer; what may be too late is decided when it is said',
  })
  async answer(
    @Headers('authorization') authorization: string | undefined,
    @Param('turnId') turnId: string,
    @Body() body: unknown,
  ): Promise<{ accepted: true }> {
    const botId = await this.tokens.botOf(authorization);
    if (!/^[\w-]{1,100}$/.test(turnId)) throw notFound('The turn');
    const bytes = Buffer.byteLength(JSON.stringify(body ?? null));
    if (bytes > ANSWER_BYTES)
      throw new AppError(
        413,
        errorCodes.bodyTooLarge,
        `The answer has ${bytes} bytes of JSON; ${ANSWER_BYTES} are allowed.`,
      );
    await this.awaited.take(turnId, botId, checkedAnswer(body));
    return { accepted: true };
  }
}
