using Orkestra.Engine.Signals;
using Orkestra.Hosting.Storage;

namespace Orkestra.Sqlite.Reading;

/// <summary>All that is stored of an execution.</summary>
internal sealed record StoredExecution(ExecutionRecord Record, IReadOnlyList<ExecutionSignal> Signals, IReadOnlyList<string> Tokens);
