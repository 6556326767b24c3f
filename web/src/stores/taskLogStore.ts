import { create } from 'zustand';

/** A task whose log somebody wants to read. */
export interface LoggedTask {
  cluster: string;
  upid: string;
  title: string;
}

export interface TaskLogState {
  shown: LoggedTask | undefined;
  show: (task: LoggedTask | undefined) => void;
}

export const useTaskLogStore = create<TaskLogState>()((set) => ({ shown: undefined, show: (shown) => set({ shown }) }));
