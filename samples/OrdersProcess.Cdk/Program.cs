using Amazon.CDK;
using Orkestra.Cdk;

var app = new App();
app.UseFunctions(new FunctionPackage("../OrdersProcess"));
_ = new OrdersProcessStack(app, "OrdersProcess");
app.Synth();
