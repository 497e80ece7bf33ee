namespace Orkestra.Deployment.Permissions;

/// <summary>
/// Where ARNs belong: a stack of the CDK, or a template. Texts may hold references, whose values are known at deployment; their form is the scope's own.
/// </summary>
internal interface IArnScope
{
    /// <summary>An ARN in the partition of the deployment.</summary>
    /// <param name="service">The service.</param>
    /// <param name="resource">What follows the account.</param>
    /// <param name="region">The region; null for that of the deployment.</param>
    /// <param name="account">The account; null for that of the deployment.</param>
    string Format(string service, string resource, string? region = null, string? account = null);

    /// <summary>Whether a text has a reference, so that it is not known now.</summary>
    bool IsUnresolved(string text);

    /// <summary>Whether a text with a reference is an ARN, as far as is known.</summary>
    bool IsArn(string unresolved);

    /// <summary>The ARN of the queue whose URL a reference is; null when it refers to no queue of the deployment.</summary>
    string? QueueArn(string unresolved);

    /// <summary>A part of a text with a reference.</summary>
    /// <param name="unresolved">The text.</param>
    /// <param name="separator">What parts are separated by.</param>
    /// <param name="index">Which part, counted from 0.</param>
    string Part(string unresolved, char separator, int index);
}
