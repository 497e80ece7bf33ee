namespace Orkestra.Authoring;

/// <summary>
/// A loop reached its limit of rounds. It is the error of the run, and what <c>.Catch&lt;RepeatLimitException&gt;(…)</c> around the loop catches (<see cref="LoopOperations"/>).
/// </summary>
/// <param name="message">What happened.</param>
public sealed class RepeatLimitException(string message) : Exception(message);
