namespace Orkestra.Deployment;

/// <summary>What is asked for cannot be deployed. The message is one sentence that names the thing and the fix.</summary>
/// <param name="message">What is wrong and how to mend it.</param>
/// <param name="inner">What led to it.</param>
internal sealed class DeploymentException(string message, Exception? inner = null) : Exception(message, inner);
