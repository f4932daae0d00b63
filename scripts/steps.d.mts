export class Steps {
  begin(text: string): void;
  done(text?: string): void;
  failed(text?: string): void;
  say(text: string): void;
}
