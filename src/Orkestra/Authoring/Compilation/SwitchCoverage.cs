using System.Linq.Expressions;
using Orkestra.Authoring.Nodes;

namespace Orkestra.Authoring.Compilation;

/// <summary>Checks that a switch without a default covers everything, and that each of its cases can be taken.</summary>
internal static class SwitchCoverage
{
    public static void Check(SwitchFlowNode node, Hierarchy? hierarchy)
    {
        string[] missing = hierarchy is not null
            ? [.. hierarchy.Types.Where(type => !node.Cases.Any(one => one.Type!.IsAssignableFrom(type))).Select(TypeName.Of)]
            : MissingValues(node);
        if (missing.Length > 0)
            throw new WorkflowException($"The switch '{node}' has no case for {string.Join(", ", missing)}: add {(missing.Length == 1 ? "it" : "them")}, or .Default(…).");
    }

    public static void CheckReachable(SwitchFlowNode node, Hierarchy? hierarchy)
    {
        for (var i = 1; i < node.Cases.Count; i++)
        {
            var (own, before) = (node.Cases[i], node.Cases.Take(i));
            if (hierarchy is not null ? before.Any(one => one.Type!.IsAssignableFrom(own.Type)) : own.Value is ConstantExpression { Value: var value } && before.Any(one => one.Value is ConstantExpression constant && Equals(constant.Value, value)))
                throw new WorkflowException($"The switch '{node}' never takes its case {own.Text ?? TypeName.Of(own.Type!)}: a case before it does. Remove it, or put it first.");
        }
    }

    static string[] MissingValues(SwitchFlowNode node)
    {
        var subject = node.Subject;
        var type = Nullable.GetUnderlyingType(subject.Type) ?? subject.Type;
        if (subject.Value is null || !(type == typeof(bool) || (type.IsEnum && !type.IsDefined(typeof(FlagsAttribute), inherit: false))))
            throw new WorkflowException($"The switch '{node}' has no default, and its cases can't cover everything: add .Default(…).");
        var covered = node.Cases.Select(static one => ((ConstantExpression)one.Value!).Value).ToHashSet();
        List<object?> all = type == typeof(bool) ? [true, false] : [.. Enum.GetValuesAsUnderlyingType(type).Cast<object>().Select(number => Enum.ToObject(type, number)).Distinct()];
        if (type != subject.Type) all.Add(null);
        return [.. all.Where(value => !covered.Contains(value)).Select(value => value is null ? "null" : type.IsEnum ? $"{type.Name}.{value}" : $"{value}".ToLowerInvariant())];
    }
}
