import { Component, type ReactNode } from "react";
import { Failure } from "../QueryResult.tsx";

/** Shows an error in place of a part that fails, and keeps the rest of the page. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: Error | undefined }> {
  override state: { error: Error | undefined } = { error: undefined };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (error) return <Failure error={error} retry={() => location.reload()} />;
    return this.props.children;
  }
}
