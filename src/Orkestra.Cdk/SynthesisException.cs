namespace Orkestra.Cdk;

/// <summary>What a CDK app asks for cannot be synthesised. The message is one sentence that names the thing and the fix.</summary>
/// <param name="message">What is wrong and how to mend it.</param>
/// <param name="inner">What led to it.</param>
public sealed class SynthesisException(string message, Exception? inner = null) : Exception(message, inner);
