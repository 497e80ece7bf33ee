using Orkestra.Expressions.Data;
using Orkestra.Hosting.Service;

namespace Orkestra.Local.Requests;

/// <summary>The constraints a request breaks, all of them in one message.</summary>
internal sealed class ConstraintProblems
{
    readonly List<string> found = [];

    internal void Add(MemberShape shape, JsonValue value, string path, string constraint)
    {
        var shown = shape.IsSensitive ? "Value" : $"Value '{shape.Show(value)}'";
        found.Add($"{shown} at '{path}' failed to satisfy constraint: Member must {constraint}");
    }

    internal void AddMissing(string path) => found.Add($"Value null at '{path}' failed to satisfy constraint: Member must not be null");

    /// <exception cref="ServiceException"><c>ValidationException</c>: a constraint is broken.</exception>
    internal void ThrowIfAny()
    {
        if (found.Count == 0) return;
        throw new ServiceException("ValidationException", $"{found.Count} validation {(found.Count == 1 ? "error" : "errors")} detected: {string.Join("; ", found)}");
    }
}
