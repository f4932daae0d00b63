import { IsDefined, IsInt, Max, Min } from 'class-validator';
import type { FlowDocument, SaveFlowBody } from '#libs/contracts/index.js';

/** The document is looked at by `checkedFlow`, which names what is wrong in it. */
export class SaveFlowDto implements SaveFlowBody {
  @IsDefined()
  document!: FlowDocument;

  @IsInt()
  @Min(0)
  @Max(2_000_000_000)
  version!: number;
}
