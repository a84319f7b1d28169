export { chances } from './chances';
export { counterOperation, counterSpec } from './counter';
export { geminiError, geminiQuota, type GeminiReply } from './gemini-reply';
export { startGeminiServer, type GeminiRequestBody, type GeminiServer, type SeenRequest } from './gemini-server';
export { scriptedModel, type ScriptedModel, type ScriptedReply } from './scripted-model';
