declare global {
  namespace Isobind {
    interface Register {
      context: { readonly tenant: string };
    }
  }
}

export {};
