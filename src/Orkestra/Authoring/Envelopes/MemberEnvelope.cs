using Orkestra.Expressions.Data;

namespace Orkestra.Authoring.Envelopes;

/// <summary>A payload under a member.</summary>
internal sealed class MemberEnvelope(string service, params string[] path) : Envelope
{
    internal override JsonValue Open(JsonValue payload, EnvelopeTarget target)
    {
        var value = payload;
        foreach (var name in path)
            value = value[name] ?? throw new PayloadException($"Not a valid {service} event: it has no member '{string.Join('.', path)}'.");
        return value;
    }
}
