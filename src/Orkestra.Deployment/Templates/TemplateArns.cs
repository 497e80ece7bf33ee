using Orkestra.Deployment.Permissions;

namespace Orkestra.Deployment.Templates;

/// <summary>ARNs in a template: what is not known now is a reference (<see cref="TemplateText"/>).</summary>
/// <param name="machines">The ids of the state machines, which a reference names by their ARNs.</param>
internal sealed class TemplateArns(IReadOnlySet<string> machines) : IArnScope
{
    public string Format(string service, string resource, string? region = null, string? account = null) =>
        $"arn:${{AWS::Partition}}:{service}:{region ?? "${AWS::Region}"}:{account ?? "${AWS::AccountId}"}:{resource}";

    public bool IsUnresolved(string text) => TemplateText.HasReference(text);

    // A parameter says by its name that it is an ARN.
    public bool IsArn(string unresolved) => TemplateText.Only(unresolved) is { } name && (name.EndsWith("Arn", StringComparison.OrdinalIgnoreCase) || machines.Contains(name));

    public string? QueueArn(string unresolved) => null;

    public string Part(string unresolved, char separator, int index) => TemplateText.Part(unresolved, separator, index);
}
