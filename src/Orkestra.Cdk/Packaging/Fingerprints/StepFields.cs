using System.Reflection;
using Orkestra.Authoring;

namespace Orkestra.Cdk.Packaging.Fingerprints;

/// <summary>Finds the static fields that steps are in.</summary>
internal static class StepFields
{
    static readonly Dictionary<Assembly, Dictionary<IStep, FieldInfo>> Found = [];

    /// <summary>The static field that holds a step; null when it is in none, as one that is made in a method.</summary>
    public static FieldInfo? Of(IStep step, IEnumerable<Assembly> assemblies) => assemblies.Select(assembly => In(assembly).GetValueOrDefault(step)).FirstOrDefault(field => field is not null);

    static Dictionary<IStep, FieldInfo> In(Assembly assembly)
    {
        lock (Found)
        {
            if (Found.TryGetValue(assembly, out var known)) return known;
            var fields = new Dictionary<IStep, FieldInfo>(ReferenceEqualityComparer.Instance);
            foreach (var type in Types(assembly).Where(type => !type.ContainsGenericParameters))
            {
                foreach (var field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                {
                    if (field.FieldType.IsAssignableTo(typeof(IStep)) && Value(field) is { } step) fields.TryAdd(step, field);
                }
            }

            return Found[assembly] = fields;
        }
    }

    static Type[] Types(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException exception)
        {
            return [.. exception.Types.OfType<Type>()];
        }
    }

    static IStep? Value(FieldInfo field)
    {
        try
        {
            return (IStep?)field.GetValue(null);
        }
        catch (TargetInvocationException)
        {
            return null;
        }
        catch (TypeInitializationException)
        {
            return null;
        }
    }
}
