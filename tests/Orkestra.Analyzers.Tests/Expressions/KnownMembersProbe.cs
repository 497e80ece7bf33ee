using System.Globalization;
using System.Linq.Expressions;
using System.Numerics;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Orkestra.Authoring;
using Orkestra.Authoring.Lowering;

namespace Orkestra.Analyzers.Tests.Expressions;

/// <summary>
/// Makes the table of what the lowering knows by asking it: every public method and property of the base library's types that expressions use is put into an
/// expression, with arguments from the payload and with constant ones. One that is refused as having no counterpart, whatever its arguments, is not known.
/// </summary>
internal static class KnownMembersProbe
{
    static readonly Type[] Types =
    [
        typeof(object), typeof(string), typeof(char), typeof(bool), typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong),
        typeof(float), typeof(double), typeof(decimal), typeof(Math), typeof(MathF), typeof(Convert), typeof(BigInteger), typeof(Enum), typeof(Guid), typeof(Uri), typeof(Version),
        typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan), typeof(Random), typeof(Enumerable), typeof(Queryable), typeof(Array),
        typeof(List<>), typeof(HashSet<>), typeof(Dictionary<,>), typeof(IReadOnlyList<>), typeof(IReadOnlyDictionary<,>), typeof(IList<>), typeof(IDictionary<,>), typeof(ICollection<>),
        typeof(IReadOnlyCollection<>), typeof(KeyValuePair<,>), typeof(KeyValuePair), typeof(ValueTuple), typeof(Tuple), typeof(Regex), typeof(JsonElement), typeof(JsonNode), typeof(JsonObject),
        typeof(JsonArray), typeof(MemoryExtensions), typeof(StringBuilder), typeof(CultureInfo), typeof(Encoding), typeof(JsonSerializer), typeof(Path), typeof(File), typeof(Directory),
        typeof(BitConverter), typeof(Environment), typeof(GC), typeof(Thread), typeof(Task), typeof(Activator), typeof(Console), typeof(Type), typeof(Uri),
    ];

    public static string Table()
    {
        var lines = new StringBuilder();
        foreach (var type in Types.Distinct().OrderBy(static type => type.FullName, StringComparer.Ordinal))
        {
            var methods = Closed(type).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .Where(static method => !method.IsSpecialName).GroupBy(static method => method.Name, StringComparer.Ordinal).Where(static group => group.Any(IsKnown)).Select(static group => group.Key);
            var properties = Closed(type).GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Where(static property => property.GetIndexParameters().Length > 0 || IsKnown(property)).Select(static property => property.GetIndexParameters().Length > 0 ? "this[]" : property.Name);
            lines.Append(type.FullName).Append(": ").AppendJoin(' ', methods.Order(StringComparer.Ordinal)).Append(" | ").AppendJoin(' ', properties.Distinct().Order(StringComparer.Ordinal)).Append('\n');
        }

        return lines.ToString();
    }

    static Type Closed(Type type) =>
        !type.IsGenericTypeDefinition ? type
        : type.GetGenericArguments().Length == 1 ? type.MakeGenericType(typeof(int))
        : type.MakeGenericType(typeof(string), typeof(int));

    static readonly ParameterExpression Moment = Expression.Parameter(typeof(DateTimeOffset), "moment");

    static bool IsKnown(PropertyInfo property)
    {
        if (property.PropertyType.IsByRefLike) return false;
        var owner = Expression.Parameter(property.DeclaringType!, "payload");
        if (!IsRefused(Expression.Property(owner, property), [owner], property.Name)) return true;

        // A duration from the payload is a text, one that is the difference of two moments is a number.
        return property.DeclaringType == typeof(TimeSpan) && !IsRefused(Expression.Property(Expression.Subtract(Moment, Moment), property), [Moment], property.Name);
    }

    static bool IsKnown(MethodInfo method)
    {
        if (method.ReturnType == typeof(void) || method.GetParameters().Any(static parameter => parameter.ParameterType.IsByRef || parameter.ParameterType.IsPointer)) return false;
        foreach (var closed in Closed(method))
        {
            for (var constants = 0; constants < 3; constants++)
            {
                if (!TryCall(closed, constants, out var call, out var parameters)) continue;
                if (!IsRefused(call, parameters, method.Name)) return true;

                // Some have a meaning only in the midst of something: string.Compare(a, b) < 0, moment + TimeSpan.FromHours(n).
                if (call.Type == typeof(int) && !IsRefused(Expression.LessThan(call, Expression.Constant(0)), parameters, method.Name)) return true;
                if (call.Type == typeof(TimeSpan) && !IsRefused(Expression.Add(Moment, call), [.. parameters, Moment], method.Name)) return true;
            }
        }

        return false;
    }

    // 0: everything comes from the payload; 1: what follows the first does not; 2: and the usual values stand there instead of none.
    static bool TryCall(MethodInfo method, int constants, out Expression call, out List<ParameterExpression> parameters)
    {
        parameters = [];
        call = Expression.Empty();
        try
        {
            Expression? owner = null;
            if (!method.IsStatic)
            {
                var instance = Expression.Parameter(method.DeclaringType!, "payload");
                parameters.Add(instance);
                owner = method.DeclaringType == typeof(Random) ? Expression.Property(null, typeof(Random), nameof(Random.Shared)) : instance;
            }

            var arguments = new List<Expression>();
            foreach (var parameter in method.GetParameters())
            {
                var type = parameter.ParameterType;
                if (Callback(type) is { } callback) arguments.Add(callback);
                else if (Span(type) is var (array, span))
                {
                    parameters.Add(array);
                    arguments.Add(span);
                }
                else if (constants == 0 || (arguments.Count == 0 && owner is null))
                {
                    var variable = Expression.Parameter(type, $"payload{arguments.Count}");
                    parameters.Add(variable);
                    arguments.Add(variable);
                }
                else arguments.Add(Constant(type, constants));
            }

            call = Expression.Call(owner, method, arguments);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    // An array that is seen as a span, as C# 14 does it.
    static (ParameterExpression Array, Expression Span)? Span(Type type)
    {
        if (!type.IsByRefLike || !type.IsConstructedGenericType || type.GenericTypeArguments is not [var element]) return null;
        var array = Expression.Parameter(element.MakeArrayType(), "payload");
        return type.GetMethod("op_Implicit", [array.Type]) is { } conversion ? (array, Expression.Call(conversion, array)) : null;
    }

    static LambdaExpression? Callback(Type type)
    {
        var isTree = type.IsConstructedGenericType && type.GetGenericTypeDefinition() == typeof(Expression<>);
        var function = isTree ? type.GenericTypeArguments[0] : type;
        if (!typeof(Delegate).IsAssignableFrom(function) || function.GetMethod("Invoke") is not { } invoke || invoke.ReturnType == typeof(void)) return null;
        var parameters = invoke.GetParameters().Select(static parameter => Expression.Parameter(parameter.ParameterType, parameter.Name)).ToArray();
        Expression body = parameters.FirstOrDefault(parameter => parameter.Type == invoke.ReturnType) is { } same ? same
            : invoke.ReturnType == typeof(bool) && parameters.Length > 0 ? Expression.Equal(parameters[0], parameters[0])
            : invoke.ReturnType.IsAssignableFrom(typeof(int[])) ? Expression.Constant(new[] { 1 }, invoke.ReturnType)
            : Expression.Default(invoke.ReturnType);
        return Expression.Lambda(function, body, parameters);
    }

    static Expression Constant(Type type, int constants) =>
        constants == 1 ? Expression.Default(type)
        : type == typeof(string) ? Expression.Constant("D")
        : type == typeof(char) ? Expression.Constant('a')
        : type == typeof(StringComparison) ? Expression.Constant(StringComparison.Ordinal)
        : type == typeof(CultureInfo) || type == typeof(IFormatProvider) ? Expression.Constant(CultureInfo.InvariantCulture, type)
        : type == typeof(int) || type == typeof(long) || type == typeof(double) || type == typeof(decimal) ? Expression.Constant(Convert.ChangeType(1, type, CultureInfo.InvariantCulture))
        : type == typeof(char[]) ? Expression.Constant(new[] { 'a' })
        : type == typeof(string[]) ? Expression.Constant(new[] { "a" })
        : Expression.Default(type);

    static IEnumerable<MethodInfo> Closed(MethodInfo method)
    {
        if (!method.IsGenericMethodDefinition)
        {
            yield return method;
            yield break;
        }

        foreach (var type in (Type[])[typeof(int), typeof(string)])
        {
            MethodInfo? closed = null;
            try
            {
                closed = method.MakeGenericMethod([.. method.GetGenericArguments().Select(_ => type)]);
            }
            catch (ArgumentException)
            {
                // A constraint that this type does not meet.
            }

            if (closed is not null) yield return closed;
        }
    }

    static bool IsRefused(Expression body, List<ParameterExpression> parameters, string name)
    {
        try
        {
            ExpressionLowering.ToJsonata(body, parameters, PayloadSerializer.Default.Options, [.. parameters.Select(static (_, i) => $"$given{i}")]);
            return false;
        }
        catch (WorkflowException exception)
        {
            return exception.Message.Contains($".{name} has no counterpart in it", StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return false;
        }
    }
}
