/** Where the door is, while there is one. */
export class DoorAddress {
  #address = Promise.withResolvers<string>();
  #isOpen = false;
  /** Called when a request was sent, and when one was answered. */
  onSent: () => void = () => undefined;
  onAnswered: () => void = () => undefined;

  /** Resolves when a door is open. */
  get url(): Promise<string> {
    return this.#address.promise;
  }

  opened(url: string): void {
    this.#isOpen = true;
    this.#address.resolve(url);
  }

  /** Who waits for the address already waits for the next one. */
  closed(): void {
    if (this.#isOpen) this.#address = Promise.withResolvers();
    this.#isOpen = false;
  }
}
