namespace Orkestra.Engine;

/// <summary>The history reached its limit. Inside the engine only: the execution ends.</summary>
internal sealed class HistoryFullException : Exception;
