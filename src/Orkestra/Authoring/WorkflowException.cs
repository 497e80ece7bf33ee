namespace Orkestra.Authoring;

/// <summary>A workflow isn't valid. The message names the step, the type or the expression, and the fix.</summary>
/// <param name="message">What is wrong and how to fix it.</param>
/// <param name="inner">What led to it.</param>
public sealed class WorkflowException(string message, Exception? inner = null) : Exception(message, inner);
